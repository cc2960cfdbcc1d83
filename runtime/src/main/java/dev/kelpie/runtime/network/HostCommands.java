package dev.kelpie.runtime.network;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.CommandFailedException;
import dev.kelpie.runtime.NetworkException;
import dev.kelpie.runtime.Programs;
import dev.kelpie.runtime.kernel.InNetns;
import java.io.IOException;
import java.net.Inet4Address;
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

    /// Runs a batch in each of these namespaces: several by one shell, side by side.
    void ipInside(Map<Path, IpBatch> batches) throws InterruptedException {
        var command =
                batches.size() == 1
                        ? ipInsideOne(batches.entrySet().iterator().next())
                        : Command.of("sh", "-s").withStdin(script(batches));
        var result = command.withTimeout(LONGEST).attempt();
        if (result.exit() != 0) {
            throw new NetworkException(
                    "cannot set up interfaces in namespaces: " + result.stderr().strip());
        }
    }

    private static Command ipInsideOne(Map.Entry<Path, IpBatch> only) {
        return Command.of("nsenter", "--net=" + only.getKey(), ip(), "-batch", "-")
                .withStdin(only.getValue().toText());
    }

    private static String script(Map<Path, IpBatch> batches) {
        var script = new StringBuilder("rc=0\n");
        var ip = quoted(ip());
        var names = new ArrayList<String>();
        for (var entry : batches.entrySet()) {
            var name = "p" + names.size();
            script.append("nsenter --net=")
                    .append(quoted(entry.getKey().toString()))
                    .append(" ")
                    .append(ip)
                    .append(" -batch - <<'END' & ")
                    .append(name)
                    .append("=$!\n")
                    .append(entry.getValue().toText())
                    .append("END\n");
            names.add(name);
        }
        names.forEach(name -> script.append("wait $").append(name).append(" || rc=1\n"));
        return script.append("exit $rc\n").toString();
    }

    /// By its whole path: nsenter would try each folder of the search path with an execve(2).
    private static String ip() {
        return Programs.require("ip", "iproute2").toString();
    }

    /// Sets kernel parameters by their path below `/proc/sys`.
    ///
    /// @param whereTheyAre those that not every kernel, or interface, has
    void sysctl(Map<String, String> values, Map<String, String> whereTheyAre)
            throws InterruptedException {
        var _ =
                there(() -> {
                    values.forEach(
                            (name, value) -> setIfDifferent(Path.of("/proc/sys", name), value));
                    whereTheyAre.forEach((name, value) -> {
                        var file = Path.of("/proc/sys", name);
                        if (Files.exists(file)) {
                            setIfDifferent(file, value);
                        }
                    });
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

    /// The other interface than this bridge whose own subnet overlaps.
    Optional<String> otherHolder(Subnet subnet, String bridge) throws InterruptedException {
        return there(() ->
                NetworkInterface.networkInterfaces()
                        .filter(device -> !device.getName().equals(bridge))
                        .filter(device -> hasAddressIn(device, subnet))
                        .map(NetworkInterface::getName)
                        .findFirst());
    }

    private static boolean hasAddressIn(NetworkInterface device, Subnet subnet) {
        return device.getInterfaceAddresses().stream()
                .filter(own -> own.getAddress() instanceof Inet4Address)
                .map(own -> own.getAddress().getHostAddress() + "/" + own.getNetworkPrefixLength())
                .anyMatch(own -> Subnet.parse(own).overlaps(subnet));
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
