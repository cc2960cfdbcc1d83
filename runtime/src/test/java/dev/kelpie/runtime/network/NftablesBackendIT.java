package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NftablesBackendIT extends NetworkBackendContract {

    NftablesBackendIT() throws IOException, InterruptedException {}

    @Override
    NetworkBackend backend(NetworkRoot root, NetworkIntent intent) {
        return new NftablesBackend(root, intent);
    }

    /// A neighbour may send us anything: to a pod's address, or to 127.0.0.1 on the wire.
    @Test
    void neighbourReachesNothingThatIsNotPublishedForIt() throws Exception {
        var pod = onePod(PublishedPort.of(8080, 80, Protocol.TCP), onLoopback(8081, 80));
        host.answer("pod1", 80, "one");
        var subnet = host.state.networks().getFirst().subnet().toString();
        host.in("neighbour", "ip", "route", "add", subnet, "via", TestHost.HOST_ADDRESS);
        pretendLoopbackIsRemote("neighbour", "lan0", TestHost.HOST_ADDRESS);

        assertThat(host.ask("neighbour", TestHost.HOST_ADDRESS, 8080)).startsWith("one");
        assertThat(host.ask("neighbour", pod.address().getHostAddress(), 80)).isEmpty();
        assertThat(host.ask("neighbour", "127.0.0.1", 8081)).isEmpty();
    }

    /// route_localnet is on for the bridge; the guard chain must stop what that would let in.
    @Test
    void podDoesNotReachTheHostsLoopback() throws Exception {
        onePod(PublishedPort.of(8080, 80, Protocol.TCP));
        host.answer("host", 9000, "secret");
        var gateway = host.state.networks().getFirst().gateway().getHostAddress();
        pretendLoopbackIsRemote("pod1", "eth0", gateway);
        assertThat(host.ask("pod1", gateway, 9000)).startsWith("secret");
        assertThat(host.ask("pod1", "127.0.0.1", 9000)).isEmpty();
        host.in("host", "nft", "flush", "chain", "inet", host.root.table(), "guard");
        assertThat(host.ask("pod1", "127.0.0.1", 9000))
                .as("without the guard it would")
                .startsWith("secret");
    }

    @Test
    void internalNetworkHasNoWayOut() throws Exception {
        var open = host.network("net");
        var closed =
                new BridgeNetwork("net", open.id(), open.bridge(), open.reach(), true, 1400, true);
        var pods = List.of(host.pod(1, closed), host.pod(2, closed));
        host.state = new NetworkState(List.of(closed), pods, Map.of());
        backend(host.root, () -> host.state).attach(pods);
        host.in("pod1", "ip", "route", "add", "default", "via", open.gateway().getHostAddress());
        host.answer("neighbour", 80, "neighbour");
        host.answer("pod2", 80, "two");
        assertThat(host.ask("pod1", pods.get(1).address().getHostAddress(), 80)).startsWith("two");
        assertThat(host.ask("pod1", TestHost.NEIGHBOUR_ADDRESS, 80)).isEmpty();
        assertThat(host.in("pod1", "ip", "link", "show", "eth0")).contains("mtu 1400");
    }

    @Test
    void podOnTwoNetworksUsesTheFirstToGoOut() throws Exception {
        var one = host.network("one");
        host.state = new NetworkState(List.of(one), List.of(), Map.of());
        var two = host.network("two");
        var first = host.pod(1, one);
        var address = AddressPool.next(two.subnet(), two.gateway(), Optional.empty(), List.of());
        var second =
                new Attachment(
                        first.owner(),
                        first.netns(),
                        "eth1",
                        address.orElseThrow(),
                        Attachment.macOf(address.orElseThrow()),
                        "two",
                        List.of("pod1"));
        var both = List.of(first, second);
        host.state = new NetworkState(List.of(one, two), both, Map.of());
        backend(host.root, () -> host.state).attach(both);
        assertThat(host.in("pod1", "ip", "route", "get", TestHost.NEIGHBOUR_ADDRESS))
                .contains("via " + one.gateway().getHostAddress() + " dev eth0");
        assertThat(host.in("host", "ip", "-o", "link")).contains(one.bridge(), two.bridge());
    }

    @Test
    void twoRootsLiveSideBySide() throws Exception {
        onePod(PublishedPort.of(8080, 80, Protocol.TCP));
        host.answer("pod1", 80, "one");
        var root =
                new NetworkRoot(
                        "%08x".formatted(~Integer.parseUnsignedInt(host.root.id(), 16)),
                        host.root.directory().resolveSibling("other"),
                        host.root.hostNamespace());
        var network = BridgeNetwork.choose("net", root, HostLinks.NONE, host.state.networks());
        var pod = host.pod(2, network);
        var ports = List.of(PublishedPort.of(8090, 80, Protocol.TCP));
        var state = new NetworkState(List.of(network), List.of(pod), Map.of("owner2", ports));
        var other = backend(root, () -> state);
        other.attach(List.of(pod));
        assertThatThrownBy(() -> attachWith(PublishedPort.of(8090, 81, Protocol.TCP)))
                .isInstanceOf(PortInUseException.class)
                .hasMessageContaining("another engine root");
        host.answer("pod2", 80, "two");

        assertThat(host.ask("host", "127.0.0.1", 8080)).startsWith("one");
        assertThat(host.ask("host", "127.0.0.1", 8090)).startsWith("two");
        other.removeAll();
        assertThat(host.ask("host", "127.0.0.1", 8080)).startsWith("one");
        assertThat(host.ask("host", "127.0.0.1", 8090)).isEmpty();
    }

    private void attachWith(PublishedPort port) throws InterruptedException {
        var network = host.state.networks().getFirst();
        var pods = new ArrayList<>(host.state.attachments());
        pods.add(host.pod(3, network));
        host.state = new NetworkState(List.of(network), pods, Map.of("owner3", List.of(port)));
        try {
            backend(host.root, () -> host.state).attach(List.of(pods.getLast()));
        } finally {
            var ports = Map.of("owner1", List.of(PublishedPort.of(8080, 80, Protocol.TCP)));
            host.state = new NetworkState(List.of(network), List.of(pods.getFirst()), ports);
        }
    }

    @Test
    void subnetSomebodyElseTookMeanwhileIsNamed() throws Exception {
        var network = host.network("net");
        host.in("host", "ip", "link", "add", "foreign0", "type", "bridge");
        var taken = network.subnet().base().getHostAddress().replaceAll("0$", "77/25");
        host.in("host", "ip", "address", "add", taken, "dev", "foreign0");
        var pod = host.pod(1, network);
        host.state = new NetworkState(List.of(network), List.of(pod), Map.of());
        assertThatThrownBy(() -> backend(host.root, () -> host.state).attach(List.of(pod)))
                .isInstanceOf(SubnetTakenException.class)
                .hasMessageContaining("foreign0");
        assertThat(host.in("host", "ip", "-o", "link")).doesNotContain(network.bridge());
    }

    @Test
    void saysThatPort53IsTaken() throws Exception {
        host.start("host", "socat", "UDP-RECVFROM:53,fork", "SYSTEM:true");
        Thread.sleep(300);
        var network = host.network("net");
        var pod = host.pod(1, network);
        host.state = new NetworkState(List.of(network), List.of(pod), Map.of());
        assertThatThrownBy(() -> backend(host.root, () -> host.state).attach(List.of(pod)))
                .isInstanceOf(DnsUnavailableException.class)
                .hasMessageContaining(network.gateway().getHostAddress() + ":53");
    }

    @Test
    void killedDnsComesBackAtTheNextCall() throws Exception {
        var pod = onePod();
        var file = host.root.directory().resolve("aardvark-dns/aardvark.pid");
        var first = Files.readString(file).strip();
        ProcessHandle.of(Long.parseLong(first)).orElseThrow().destroyForcibly();
        backend(host.root, () -> host.state).reapply();
        assertThat(Files.readString(file).strip()).isNotEqualTo(first);
        var gateway = host.state.networks().getFirst().gateway().getHostAddress();
        assertThat(host.in("pod1", "dig", "+short", "@" + gateway, "pod1"))
                .isEqualTo(pod.address().getHostAddress());
    }

    /// Somebody cleaned the run directory; the old process still holds port 53.
    @Test
    void findsItsDnsWithoutThePidFile() throws Exception {
        var pod = onePod();
        var file = host.root.directory().resolve("aardvark-dns/aardvark.pid");
        Files.delete(file);
        backend(host.root, () -> host.state).attach(List.of());
        host.state = new NetworkState(host.state.networks(), List.of(), Map.of());
        backend(host.root, () -> host.state).detach(List.of(pod));
        assertThat(host.leftovers()).noneMatch(left -> left.contains("process"));
    }

    /// Its intent is written, its bridge is not made yet: nobody waits for its DNS.
    @Test
    void anotherPlayOnItsWayDoesNotDisturb() throws Exception {
        var one = host.network("one");
        host.state = new NetworkState(List.of(one), List.of(), Map.of());
        var two = host.network("two");
        var first = host.pod(1, one);
        var second = host.pod(2, two);
        var ports = Map.of("owner2", List.of(PublishedPort.of(8080, 80, Protocol.TCP)));
        host.state = new NetworkState(List.of(one, two), List.of(first, second), ports);
        var backend = backend(host.root, () -> host.state);
        backend.attach(List.of(first));
        backend.attach(List.of(second));
        var gateway = two.gateway().getHostAddress();
        assertThat(host.in("pod2", "dig", "+short", "@" + gateway, "pod2"))
                .isEqualTo(second.address().getHostAddress());
    }

    /// After a reboot the intent may still hold pods whose namespaces are gone.
    @Test
    void reapplySkipsPodsWithoutNamespace() throws Exception {
        var network = host.network("net");
        var pod =
                new Attachment(
                        "gone",
                        host.netns("gone"),
                        "eth0",
                        host.pod(1, network).address(),
                        "02:00:00:00:00:01",
                        "net",
                        List.of("gone"));
        host.state = new NetworkState(List.of(network), List.of(pod), Map.of());
        backend(host.root, () -> host.state).reapply();
        assertThat(host.in("host", "ip", "-o", "link")).doesNotContain(network.bridge());
    }

    @Test
    void callsFromManyThreadsAllCount() throws Exception {
        var network = host.network("net");
        var pods = new ArrayList<Attachment>();
        var ports = new HashMap<String, List<PublishedPort>>();
        for (var i = 1; i <= 6; i++) {
            pods.add(host.pod(i, network));
            ports.put("owner" + i, List.of(PublishedPort.of(8000 + i, 80, Protocol.TCP)));
        }
        host.state = new NetworkState(List.of(network), pods, ports);
        var backend = backend(host.root, () -> host.state);
        var threads = new ArrayList<Thread>();
        for (var pod : pods) {
            threads.add(Thread.ofVirtual().start(() -> attachQuietly(backend, pod)));
        }
        for (var thread : threads) {
            thread.join();
        }
        host.answer("pod6", 80, "six");
        host.answer("pod1", 80, "one");
        assertThat(host.ask("host", "127.0.0.1", 8006)).startsWith("six");
        assertThat(host.ask("host", "127.0.0.1", 8001)).startsWith("one");
    }

    private static void attachQuietly(NetworkBackend backend, Attachment pod) {
        try {
            backend.attach(List.of(pod));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Attachment onePod(PublishedPort... ports) throws InterruptedException {
        var network = host.network("net");
        var pod = host.pod(1, network);
        host.state =
                new NetworkState(
                        List.of(network), List.of(pod), Map.of(pod.owner(), List.of(ports)));
        backend(host.root, () -> host.state).attach(List.of(pod));
        return pod;
    }

    private static PublishedPort onLoopback(int hostPort, int containerPort) {
        var here = Optional.of(InetAddress.ofLiteral("127.0.0.1"));
        return new PublishedPort(here, hostPort, containerPort, 1, Protocol.TCP);
    }

    /// Makes a namespace send packets for 127.0.0.1 to a neighbour, as an attacker's host does.
    private void pretendLoopbackIsRemote(String namespace, String device, String via)
            throws InterruptedException {
        var script =
                """
                ip address flush dev lo
                echo 1 >/proc/sys/net/ipv4/conf/%1$s/route_localnet
                echo 0 >/proc/sys/net/ipv4/conf/%1$s/rp_filter
                ip route add 127.0.0.1/32 via %2$s dev %1$s
                """
                        .formatted(device, via);
        host.in(namespace, "sh", "-ec", script);
        assertThat(host.in(namespace, "ip", "route", "get", "127.0.0.1")).contains("via " + via);
    }
}
