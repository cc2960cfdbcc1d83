package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every backend does for real pods.
abstract class NetworkBackendContract {

    final TestHost host;

    NetworkBackendContract() throws IOException, InterruptedException {
        host = new TestHost();
    }

    abstract NetworkBackend backend(NetworkRoot root, NetworkIntent intent);

    boolean isLeftover(String thing) {
        return !thing.isEmpty();
    }

    private NetworkBackend backend() {
        return backend(host.root, () -> host.state);
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        host.close();
    }

    @Test
    void podsReachEachOtherAndTheWorldAndNothingIsLeft() throws Exception {
        var network = host.network("net");
        var pods = List.of(host.pod(1, network), host.pod(2, network));
        host.state = new NetworkState(List.of(network), pods, Map.of());
        backend().attach(pods);
        backend().attach(pods);

        host.answer("pod2", 80, "two");
        host.answer("neighbour", 80, "neighbour");
        assertThat(host.ask("pod1", address(pods.get(1)), 80)).startsWith("two");
        assertThat(host.ask("host", address(pods.get(1)), 80)).startsWith("two");
        assertThat(host.ask("pod1", TestHost.NEIGHBOUR_ADDRESS, 80))
                .as("leaves under the host's address")
                .isEqualTo("neighbour " + TestHost.HOST_ADDRESS);
        assertThat(host.in("pod1", "ip", "link", "show", "eth0")).contains(pods.getFirst().mac());

        leave(pods);
    }

    @Test
    void publishedPortsAnswerFromEverywhere() throws Exception {
        var network = host.network("net");
        var pods = List.of(host.pod(1, network), host.pod(2, network));
        var ports =
                List.of(
                        PublishedPort.of(8080, 80, Protocol.TCP),
                        PublishedPort.of(5353, 53, Protocol.UDP),
                        new PublishedPort(Optional.empty(), 7000, 700, 3, Protocol.TCP));
        host.state = new NetworkState(List.of(network), pods, Map.of("owner1", ports));
        backend().attach(pods);
        host.answer("pod1", 80, "one");
        host.answer("pod1", 702, "range");
        host.answerUdp("pod1", 53, "datagram");

        for (var from : List.of("host", "neighbour", "pod1", "pod2")) {
            assertThat(host.ask(from, TestHost.HOST_ADDRESS, 8080)).as(from).startsWith("one");
        }
        assertThat(host.ask("host", "127.0.0.1", 8080)).startsWith("one");
        assertThat(host.ask("host", "127.0.0.1", 7002)).startsWith("range");
        assertThat(host.ask("neighbour", TestHost.HOST_ADDRESS, 7002)).startsWith("range");
        assertThat(host.askUdp("host", "127.0.0.1", 5353)).isEqualTo("datagram");
        assertThat(host.askUdp("neighbour", TestHost.HOST_ADDRESS, 5353)).isEqualTo("datagram");
        assertThat(host.ask("host", "127.0.0.1", 80)).as("not published").isEmpty();

        leave(pods);
        assertThat(host.ask("host", TestHost.HOST_ADDRESS, 8080)).isEmpty();
    }

    @Test
    void portOnOneAddressAnswersOnlyThere() throws Exception {
        var network = host.network("net");
        var pods = List.of(host.pod(1, network));
        var here = Optional.of(InetAddress.ofLiteral("127.0.0.1"));
        var ports = List.of(new PublishedPort(here, 8081, 80, 1, Protocol.TCP));
        host.state = new NetworkState(List.of(network), pods, Map.of("owner1", ports));
        backend().attach(pods);
        host.answer("pod1", 80, "one");

        assertThat(host.ask("host", "127.0.0.1", 8081)).startsWith("one");
        assertThat(host.ask("neighbour", TestHost.HOST_ADDRESS, 8081)).isEmpty();

        leave(pods);
    }

    @Test
    void namesAreAnsweredWhilePodsComeAndGo() throws Exception {
        var network = host.network("net");
        var first = host.pod(1, network);
        var second = host.pod(2, network);
        host.state = new NetworkState(List.of(network), List.of(first), Map.of());
        var backend = backend();
        backend.attach(List.of(first));
        assertThat(dig("pod1", network, "alias1")).isEqualTo(address(first));
        assertThat(dig("pod1", network, "pod2.dns.podman")).isEmpty();

        host.state = new NetworkState(List.of(network), List.of(first, second), Map.of());
        backend.attach(List.of(second));
        assertThat(dig("pod1", network, "pod2")).isEqualTo(address(second));

        host.state = new NetworkState(List.of(network), List.of(second), Map.of());
        backend.detach(List.of(first));
        assertThat(dig("pod2", network, "pod1.dns.podman")).isEmpty();
        assertThat(dig("pod2", network, "pod2")).isEqualTo(address(second));

        leave(List.of(second));
    }

    @Test
    void comesBackAfterAFirewallFlushAndARestart() throws Exception {
        var network = host.network("net");
        var pods = List.of(host.pod(1, network), host.pod(2, network));
        var ports = List.of(PublishedPort.of(8080, 80, Protocol.TCP));
        host.state = new NetworkState(List.of(network), pods, Map.of("owner1", ports));
        backend().attach(pods);
        host.answer("pod1", 80, "one");
        host.in("host", "nft", "flush", "ruleset");
        assertThat(host.ask("neighbour", TestHost.HOST_ADDRESS, 8080)).isEmpty();

        backend().reapply();

        assertThat(host.ask("neighbour", TestHost.HOST_ADDRESS, 8080)).startsWith("one");
        leave(pods);
    }

    @Test
    void removesAllWithoutKnowingAnything() throws Exception {
        var network = host.network("net");
        var pods = List.of(host.pod(1, network), host.pod(2, network));
        host.state = new NetworkState(List.of(network), pods, Map.of());
        backend().attach(pods);

        host.state = NetworkState.EMPTY;
        backend().removeAll();
        backend().removeAll();

        assertThat(host.leftovers()).noneMatch(this::isLeftover);
    }

    @Test
    void failedAttachLeavesNoInterface() throws Exception {
        var network = host.network("net");
        var good = host.pod(1, network);
        var bad =
                new Attachment(
                        "owner2",
                        host.netns("missing"),
                        "eth0",
                        AddressPool.next(
                                        network.subnet(),
                                        network.gateway(),
                                        Optional.empty(),
                                        List.of())
                                .orElseThrow(),
                        good.mac(),
                        network.name(),
                        List.of());
        host.state = new NetworkState(List.of(network), List.of(good, bad), Map.of());
        assertThat(thrownBy(() -> backend().attach(List.of(good, bad))))
                .isInstanceOf(dev.kelpie.runtime.HostException.class);

        leave(List.of(good, bad));
        assertThat(host.in("pod1", "ip", "-o", "link")).doesNotContain("eth0");
    }

    private interface Step {
        void run() throws Exception;
    }

    private static Throwable thrownBy(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            return e;
        }
        throw new AssertionError("nothing was thrown");
    }

    /// Takes the last pods away and expects the host as it was.
    private void leave(List<Attachment> pods) throws Exception {
        host.state = new NetworkState(host.state.networks(), List.of(), Map.of());
        backend().detach(pods);
        backend().detach(pods);
        assertThat(host.leftovers()).noneMatch(left -> left.contains("interface"));
        assertThat(host.leftovers()).noneMatch(left -> left.contains("process"));
        assertThat(host.leftovers()).noneMatch(left -> left.startsWith("nft table inet kelpie"));
        backend().removeAll();
        assertThat(host.leftovers()).noneMatch(this::isLeftover);
    }

    private String dig(String from, BridgeNetwork network, String name)
            throws InterruptedException {
        var server = "@" + network.gateway().getHostAddress();
        return host.in(from, "dig", "+short", "+tries=2", "+time=2", server, name, "A");
    }

    private static String address(Attachment attachment) {
        return attachment.address().getHostAddress();
    }
}
