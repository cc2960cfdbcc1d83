package dev.kelpie.app.command.container;

import dev.kelpie.app.flag.FlagException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/// Flags of Podman's that are taken where they ask for what is done anyway; another value is
/// refused by name.
final class AcceptedFlags {
    @Option(names = "--systemd", hidden = true)
    String systemd = "true";

    @Option(names = "--image-volume", hidden = true)
    String imageVolume = "anonymous";

    @Option(names = "--health-log-destination", hidden = true)
    String healthLog = "local";

    @Option(names = "--seccomp-policy", hidden = true)
    String seccompPolicy = "default";

    @Option(names = "--passwd", arity = "0..1", hidden = true)
    boolean passwd = true;

    @Option(names = "--disable-content-trust", arity = "0..1", hidden = true)
    boolean contentTrust;

    @Option(names = "--expose", hidden = true)
    List<String> expose = new ArrayList<>();

    void requireSense() {
        require("--systemd", systemd, Set.of("true", "false"));
        require("--image-volume", imageVolume, Set.of("anonymous", "bind", ""));
        require("--health-log-destination", healthLog, Set.of("local", ""));
        require("--seccomp-policy", seccompPolicy, Set.of("default"));
        for (var port : expose) {
            if (!port.matches("\\d{1,5}(-\\d{1,5})?(/(tcp|udp|sctp))?")) {
                throw FlagException.meaning(
                        "invalid --expose \"" + port + "\": use PORT[-PORT][/PROTOCOL]");
            }
        }
    }

    private static void require(String flag, String value, Set<String> known) {
        if (!known.contains(value)) {
            throw FlagException.meaning(flag + "=" + value + " is not supported");
        }
    }
}
