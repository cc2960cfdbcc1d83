package dev.kelpie.runtime.network;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.CommandFailedException;
import dev.kelpie.runtime.NetworkException;
import dev.kelpie.runtime.Programs;
import dev.kelpie.runtime.kernel.ProcessIdentity;
import dev.kelpie.runtime.kernel.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// pasta processes, each with an interface of its own in one network namespace: what goes out there
/// leaves the host by pasta's ordinary sockets, and what comes to the host's ports comes in, see
/// passt(1). They become daemons and end with the namespace.
final class Pasta {

    /// By which a guest asks the resolver of the host, whatever address that has.
    static final String RESOLVER = "169.254.1.1";

    static final String GATEWAY = "169.254.77.1";
    static final String GATEWAY_SIX = "fd6b:656c:7069:6501::1";
    private static final String ADDRESS = "169.254.77.2";
    private static final String ADDRESS_SIX = "fd6b:656c:7069:6501::2";
    private static final Pattern PID_FILE = Pattern.compile("pasta-([a-z0-9]+)\\.pid");
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Path folder;
    private final Path namespace;

    /// @param folder for pid files
    Pasta(Path folder, Path namespace) {
        this.folder = folder;
        this.namespace = namespace;
    }

    /// What it carries.
    enum Families {
        FOUR,
        SIX,
        BOTH
    }

    /// Starts one unless it runs; true when it was started.
    ///
    /// @param device its interface in the namespace
    /// @throws NetworkException with pasta's own words when it does not start
    boolean start(String device, Families families, List<String> options)
            throws InterruptedException {
        if (running(device).isPresent()) {
            return false;
        }
        var program = Programs.require("pasta", "passt").toString();
        var argv = new ArrayList<>(List.of(program, "--config-net"));
        argv.addAll(List.of("-T", "none", "-U", "none", "--no-map-gw", "--quiet"));
        argv.addAll(flags(families));
        argv.addAll(List.of("--netns", namespace.toString(), "--ns-ifname", device));
        argv.addAll(List.of("--pid", pidFile(device).toString()));
        argv.addAll(options);
        var result = Command.of(argv).withTimeout(LONGEST).attempt();
        if (result.exit() != 0) {
            throw new NetworkException(
                    "pasta does not start: " + reason(result.stderr()),
                    CommandFailedException.exited(argv, result.exit(), result.stderr()));
        }
        return true;
    }

    private static List<String> flags(Families families) {
        var four = List.of("--address", ADDRESS, "--netmask", "30", "--gateway", GATEWAY);
        var six = List.of("--address", ADDRESS_SIX, "--gateway", GATEWAY_SIX);
        var limit =
                switch (families) {
                    case FOUR -> Stream.of("--ipv4-only");
                    case SIX -> Stream.of("--ipv6-only");
                    case BOTH -> Stream.<String>empty();
                };
        return Stream.of(
                        limit,
                        families == Families.SIX ? Stream.<String>empty() : four.stream(),
                        families == Families.FOUR ? Stream.<String>empty() : six.stream())
                .flatMap(words -> words)
                .toList();
    }

    /// It logs to syslog(3) too, and complains where there is none.
    private static String reason(String said) {
        return said.lines()
                .filter(line -> !line.contains("syslog"))
                .findFirst()
                .map(String::strip)
                .orElse("it gives no reason");
    }

    /// Ends it, if it runs; its interface goes with it.
    void stop(String device) {
        running(device).ifPresent(process -> process.signal(Signal.TERM));
        try {
            Files.deleteIfExists(pidFile(device));
        } catch (IOException _) {
            // it is overwritten by the next
        }
    }

    /// The interfaces of all that were started and not stopped, by earlier services too.
    List<String> devices() {
        try (var files = Files.list(folder)) {
            return files.map(file -> PID_FILE.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(match -> match.group(1))
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    private Optional<ProcessIdentity> running(String device) {
        var file = pidFile(device);
        return new StartedProcess(file, List.of("--pid", file.toString())).find();
    }

    private Path pidFile(String device) {
        return folder.resolve("pasta-" + device + ".pid");
    }
}
