package dev.kelpie.runtime.network;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.CommandFailedException;
import dev.kelpie.runtime.NetworkException;
import dev.kelpie.runtime.kernel.InNetns;
import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `ip`, `nft` and sysctls of the namespace that counts as the host's.
final class HostCommands {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Optional<Path> namespace;

    /// @param namespace another than the one we are in
    HostCommands(Optional<Path> namespace) {
        this.namespace = namespace;
    }

    /// Runs a batch; gives the lines that found nothing to do.
    Set<String> ip(IpBatch batch) throws InterruptedException {
        return ip(batch, List.of("ip", "-force", "-batch", "-"));
    }

    /// The same for lines that do not show their family.
    Set<String> ipSix(IpBatch batch) throws InterruptedException {
        return ip(batch, List.of("ip", "-6", "-force", "-batch", "-"));
    }

    private Set<String> ip(IpBatch batch, List<String> command) throws InterruptedException {
        if (batch.isEmpty()) {
            return Set.of();
        }
        var argv = inHost(command);
        var result = Command.of(argv).withStdin(batch.toText()).withTimeout(LONGEST).attempt();
        var tolerated = batch.judge(result.stderr());
        if (result.exit() != 0 && tolerated.isEmpty()) {
            throw CommandFailedException.exited(argv, result.exit(), result.stderr());
        }
        return tolerated;
    }

    /// One transaction: all of the script or nothing.
    void nft(String script) throws InterruptedException {
        var argv = inHost(List.of("nft", "-f", "-"));
        var result = Command.of(argv).withStdin(script).withTimeout(LONGEST).attempt();
        if (result.exit() != 0) {
            throw new NetworkException(
                    "nft refused the rules: "
                            + result.stderr().strip().lines().findFirst().orElse(""),
                    CommandFailedException.exited(argv, result.exit(), result.stderr()));
        }
    }

    /// All maps of all tables with their elements.
    String nftMaps() throws InterruptedException {
        return Command.of(inHost(List.of("nft", "list", "maps"))).run().stdout();
    }

    /// Runs a batch in each of these namespaces, all by one shell.
    void ipInside(Map<Path, IpBatch> batches) throws InterruptedException {
        var script = new StringBuilder("rc=0\n");
        var names = new ArrayList<String>();
        for (var entry : batches.entrySet()) {
            var name = "p" + names.size();
            script.append("nsenter --net=")
                    .append(quoted(entry.getKey().toString()))
                    .append(" ip -batch - <<'END' & ")
                    .append(name)
                    .append("=$!\n")
                    .append(entry.getValue().toText())
                    .append("END\n");
            names.add(name);
        }
        names.forEach(name -> script.append("wait $").append(name).append(" || rc=1\n"));
        script.append("exit $rc\n");
        var argv = List.of("sh", "-s");
        var result = Command.of(argv).withStdin(script.toString()).withTimeout(LONGEST).attempt();
        if (result.exit() != 0) {
            throw new NetworkException(
                    "cannot set up interfaces in namespaces: " + result.stderr().strip());
        }
    }

    /// Sets kernel parameters by their path below `/proc/sys`.
    void sysctl(Map<String, String> values) throws InterruptedException {
        var _ =
                there(() -> {
                    for (var entry : values.entrySet()) {
                        setIfDifferent(Path.of("/proc/sys", entry.getKey()), entry.getValue());
                    }
                    return values;
                });
    }

    private <T> T there(InNetns.Work<T> work) throws InterruptedException {
        if (namespace.isPresent()) {
            return InNetns.run(namespace.get(), work);
        }
        try {
            return work.run();
        } catch (IOException e) {
            throw new NetworkException("cannot look at the network: " + e.getMessage(), e);
        }
    }

    /// Names of all interfaces.
    Set<String> interfaces() throws InterruptedException {
        return there(() -> HostLinks.read(Path.of("/proc/thread-self/net"))).interfaces();
    }

    /// The kernel's number of an interface.
    int number(String device) throws InterruptedException {
        return there(() -> {
            var found = NetworkInterface.getByName(device);
            if (found == null) {
                throw new NetworkException("there is no interface '" + device + "'");
            }
            return found.getIndex();
        });
    }

    /// Connected IPv4 subnets that are on other interfaces than this one.
    Optional<String> otherHolder(Subnet subnet, String bridge) throws InterruptedException {
        var argv = inHost(List.of("ip", "-4", "-o", "address", "show"));
        for (var line : Command.of(argv).run().stdout().lines().toList()) {
            var words = List.of(line.strip().split("\\s+", -1));
            if (words.size() > 3
                    && words.get(3).contains("/")
                    && !words.get(1).equals(bridge)
                    && Subnet.parse(words.get(3)).overlaps(subnet)) {
                return Optional.of(words.get(1));
            }
        }
        return Optional.empty();
    }

    /// Interfaces that are ports of a bridge.
    List<String> portsOf(String bridge) throws InterruptedException {
        var argv = inHost(List.of("ip", "-o", "link", "show", "master", bridge));
        return Command.of(argv)
                .run()
                .stdout()
                .lines()
                .map(line -> line.split("[ @:]+", 3)[1])
                .toList();
    }

    /// The same command, run in the host's namespace.
    List<String> inHost(List<String> argv) {
        if (namespace.isEmpty()) {
            return argv;
        }
        var whole = new ArrayList<>(List.of("nsenter", "--net=" + namespace.get()));
        whole.addAll(argv);
        return whole;
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static void setIfDifferent(Path file, String value) {
        try {
            if (!Files.readString(file).strip().equals(value)) {
                Files.writeString(file, value);
            }
        } catch (IOException e) {
            throw new NetworkException(
                    "cannot set '" + file + "' to " + value + ": " + e.getMessage(), e);
        }
    }
}
