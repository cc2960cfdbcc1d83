package dev.kelpie.app.command.container;

import dev.kelpie.app.flag.FlagException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/// Flags of Podman's that are taken where they ask for what is done anyway; another value is
/// refused by name.
final class AcceptedFlags {
    private static final int HIGHEST_PORT = 65_535;

    @Option(names = "--health-log-destination", hidden = true)
    String healthLog = "local";

    @Option(names = "--seccomp-policy", hidden = true)
    String seccompPolicy = "default";

    @Option(names = "--disable-content-trust", arity = "0..1", hidden = true)
    boolean contentTrust;

    @Option(
            names = "--expose",
            description = "Port that --publish-all publishes too: PORT[-PORT][/PROTOCOL]")
    List<String> expose = new ArrayList<>();

    void requireSense() {
        require("--health-log-destination", healthLog, Set.of("local", ""));
        require("--seccomp-policy", seccompPolicy, Set.of("default"));
        for (var port : expose) {
            if (!port.matches("\\d{1,5}(-\\d{1,5})?(/(tcp|udp|sctp))?")) {
                throw FlagException.meaning(
                        "invalid --expose \"" + port + "\": use PORT[-PORT][/PROTOCOL]");
            }
        }
    }

    /// Each port of `--expose`, as an image has it: `80/tcp`.
    List<String> exposed() {
        var ports = new ArrayList<String>();
        for (var word : expose) {
            int slash = word.indexOf('/');
            var protocol = slash < 0 ? "/tcp" : word.substring(slash);
            var ends = (slash < 0 ? word : word.substring(0, slash)).split("-", 2);
            int first = Integer.parseInt(ends[0]);
            int last = Integer.parseInt(ends[ends.length - 1]);
            if (first < 1 || last > HIGHEST_PORT || last < first) {
                throw FlagException.meaning("invalid --expose \"" + word + "\": no such ports");
            }
            for (int port = first; port <= last; port++) {
                ports.add(port + protocol);
            }
        }
        return ports;
    }

    private static void require(String flag, String value, Set<String> known) {
        if (!known.contains(value)) {
            throw FlagException.meaning(flag + "=" + value + " is not supported");
        }
    }
}
