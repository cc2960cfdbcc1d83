package dev.kelpie.runtime.network;

import dev.kelpie.runtime.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// A host of namespaces, all below one temporary directory: `host` with address 198.51.100.1 on a
/// cable to a `neighbour` 198.51.100.2, and pods. `close` ends the processes started in it and
/// removes everything.
final class TestHost {

    static final String HOST_ADDRESS = "198.51.100.1";
    static final String NEIGHBOUR_ADDRESS = "198.51.100.2";

    private final Path directory;
    private final NetworkNamespaces namespaces;
    private final List<Process> processes = new ArrayList<>();
    final NetworkRoot root;
    NetworkState state = NetworkState.EMPTY;

    TestHost() throws IOException, InterruptedException {
        directory = Files.createTempDirectory("kelpie-test- it's ");
        namespaces = new NetworkNamespaces(directory.resolve("netns"));
        var id = "%08x".formatted(ThreadLocalRandom.current().nextInt());
        namespaces.create("host");
        namespaces.create("neighbour");
        root = new NetworkRoot(id, directory.resolve("network"), Optional.of(netns("host")));
        var cable = new IpBatch();
        cable.add("link add lan0 type veth peer name lan0 netns \"" + netns("neighbour") + '"');
        cable.add("address add " + HOST_ADDRESS + "/24 dev lan0");
        cable.add("link set lan0 up");
        new HostCommands(root.hostNamespace()).ip(cable);
        in("neighbour", "ip", "address", "add", NEIGHBOUR_ADDRESS + "/24", "dev", "lan0");
        in("neighbour", "ip", "link", "set", "lan0", "up");
    }

    Path netns(String name) {
        return namespaces.path(name);
    }

    BridgeNetwork network(String name) {
        return BridgeNetwork.choose(name, root, HostLinks.NONE, state.networks());
    }

    /// A pod's namespace and what attaches it to the network: name `pod1` gets address `.11`.
    Attachment pod(int number, BridgeNetwork network) throws InterruptedException {
        var name = "pod" + number;
        namespaces.create(name);
        var address =
                AddressPool.next(
                                network.subnet(),
                                network.gateway(),
                                Optional.of(
                                        Subnet.address(
                                                lastByte(network.gateway().getAddress(), number))),
                                Set.of())
                        .orElseThrow();
        return new Attachment(
                "owner" + number,
                netns(name),
                "eth0",
                address,
                Attachment.macOf(address),
                network.name(),
                List.of(name, "alias" + number));
    }

    private static byte[] lastByte(byte[] address, int number) {
        address[3] = (byte) (number + 9);
        return address;
    }

    /// Runs a program in a namespace; gives its output, whatever its exit code.
    String in(String namespace, String... argv) throws InterruptedException {
        return run(namespace, argv).stdout().strip();
    }

    Command.Result run(String namespace, String... argv) throws InterruptedException {
        return Command.of(inside(namespace, argv)).withTimeout(Duration.ofSeconds(20)).attempt();
    }

    /// Starts a program in a namespace that goes on until the host is closed.
    void start(String namespace, String... argv) throws IOException {
        processes.add(
                new ProcessBuilder(inside(namespace, argv))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    /// A server that answers each TCP connection with a word.
    void answer(String namespace, int port, String word) throws IOException, InterruptedException {
        start(
                namespace,
                "socat",
                "TCP-LISTEN:" + port + ",reuseaddr,fork",
                "SYSTEM:echo " + word + " $SOCAT_PEERADDR");
        await(namespace, "tcp", port);
    }

    /// A server that answers each datagram with a word.
    void answerUdp(String namespace, int port, String word)
            throws IOException, InterruptedException {
        start(namespace, "socat", "UDP-RECVFROM:" + port + ",fork", "SYSTEM:cat >&2; echo " + word);
        await(namespace, "udp", port);
    }

    private List<String> inside(String namespace, String... argv) {
        var whole = new ArrayList<>(List.of("nsenter", "--net=" + netns(namespace)));
        whole.addAll(List.of(argv));
        return whole;
    }

    private void await(String namespace, String table, int port) throws InterruptedException {
        var entry = ":%04X ".formatted(port);
        for (var i = 0; i < 500; i++) {
            if (in(namespace, "cat", "/proc/self/net/" + table).contains(entry)) {
                return;
            }
            Thread.sleep(10);
        }
        throw new IllegalStateException("no server came up on " + port);
    }

    /// What a server answers to a client in a namespace; empty when there is no way to it.
    String ask(String namespace, String address, int port) throws InterruptedException {
        return in(
                namespace,
                "socat",
                "-T2",
                "STDIO",
                "TCP:" + address + ":" + port + ",connect-timeout=2");
    }

    String askUdp(String namespace, String address, int port) throws InterruptedException {
        return Command.of(
                        inside(
                                namespace,
                                "socat",
                                "-T2",
                                "-t2",
                                "STDIO",
                                "UDP:" + address + ":" + port))
                .withStdin("hello\n")
                .withTimeout(Duration.ofSeconds(20))
                .attempt()
                .stdout()
                .strip();
    }

    /// Everything the root could have left behind on its host.
    List<String> leftovers() throws InterruptedException, IOException {
        var left = new ArrayList<String>();
        for (var name : new HostCommands(root.hostNamespace()).interfaces()) {
            if (!Set.of("lo", "lan0", "ifb0", "ifb1").contains(name)) {
                left.add("interface " + name);
            }
        }
        in("host", "nft", "list", "tables").lines().map(line -> "nft " + line).forEach(left::add);
        for (var file : Files.exists(root.directory()) ? list(root.directory()) : List.<Path>of()) {
            left.add("file " + file);
        }
        for (var process : ProcessHandle.allProcesses().toList()) {
            var line = commandLine(process.pid());
            if (line.contains(root.directory().toString())) {
                left.add("process " + line);
            }
        }
        return left;
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.toList();
        }
    }

    void close() throws IOException, InterruptedException {
        new NftablesBackend(root, () -> NetworkState.EMPTY).removeAll();
        for (var process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        for (var name : namespaces.list()) {
            namespaces.delete(name);
        }
        for (var file : list(directory).reversed()) {
            Files.deleteIfExists(file);
        }
    }
}
