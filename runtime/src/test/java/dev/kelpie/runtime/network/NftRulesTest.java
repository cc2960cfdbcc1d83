package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.NetworkException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NftRulesTest {

    private final BridgeNetwork network = Samples.network("net", "10.89.0.0/24");
    private final Attachment web = Samples.pod("web", network, "10.89.0.2");

    @Test
    void replacesTheTableInOneScript() {
        assertThat(rules(List.of()))
                .startsWith(
                        """
                        table inet kelpie-0123abcd
                        delete table inet kelpie-0123abcd
                        table inet kelpie-0123abcd {
                        """);
    }

    @Test
    void rangeBecomesOneElementForEachPort() {
        var range = new PublishedPort(Optional.empty(), 7000, 700, 2, Protocol.UDP);
        assertThat(rules(List.of(range)))
                .contains("udp . 7000 : 10.89.0.2 . 700,")
                .contains("udp . 7001 : 10.89.0.2 . 701 }");
    }

    @Test
    void hostAddressNarrowsThePort() {
        var here = Optional.of(InetAddress.ofLiteral("127.0.0.1"));
        assertThat(rules(List.of(new PublishedPort(here, 80, 80, 1, Protocol.TCP))))
                .contains("127.0.0.1 . tcp . 80 : 10.89.0.2 . 80");
    }

    @Test
    void saysNothingOfIpv6WhereNoNetworkHasIt() {
        assertThat(rules(List.of(PublishedPort.of(80, 80, Protocol.TCP))))
                .doesNotContain("ip6")
                .doesNotContain("ipv6");
    }

    @Test
    void leadsPortsToBothAddressesOfAPod() {
        var six = new Reach.Six(Subnet.parse("fd00:7::/64"), InetAddress.ofLiteral("fd00:7::1"));
        var both = Samples.with(network, six);
        var here = Optional.of(InetAddress.ofLiteral("::1"));
        var ports =
                List.of(
                        PublishedPort.of(80, 8080, Protocol.TCP),
                        new PublishedPort(here, 81, 81, 1, Protocol.TCP),
                        new PublishedPort(every("0.0.0.0"), 82, 82, 1, Protocol.TCP),
                        new PublishedPort(every("::"), 83, 83, 1, Protocol.TCP));
        var state = new NetworkState(List.of(both), List.of(web), Map.of("web", ports));
        assertThat(NftRules.replace(Samples.ROOT, state))
                .contains("tcp . 80 : 10.89.0.2 . 8080", "tcp . 80 : fd00:7::2 . 8080")
                .contains("tcp . 82 : 10.89.0.2 . 82", "tcp . 83 : fd00:7::2 . 83")
                .doesNotContain("fd00:7::2 . 82", "10.89.0.2 . 83")
                .contains("elements = { ::1 . tcp . 81 : fd00:7::2 . 81 }")
                .contains("elements = { \"br-net\" : fd00:7::ff }");
    }

    private static Optional<InetAddress> every(String address) {
        return Optional.of(InetAddress.ofLiteral(address));
    }

    @Test
    void everyAddressOfAPodWithoutIpv6IsThatOfIpv4() {
        assertThat(rules(List.of(new PublishedPort(every("::"), 80, 80, 1, Protocol.TCP))))
                .contains("tcp . 80 : 10.89.0.2 . 80");
    }

    @Test
    void refusesIpv6AddressesForIpv4Pods() {
        var there = Optional.of(InetAddress.ofLiteral("::1"));
        var ports = List.of(new PublishedPort(there, 80, 80, 1, Protocol.TCP));
        assertThatThrownBy(() -> rules(ports))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("[::1]:80->80/tcp");
    }

    @Test
    void internalNetworkIsClosedAndNotMasqueraded() {
        var closed = Samples.internal(network);
        var state = new NetworkState(List.of(closed), List.of(web), Map.of());
        assertThat(NftRules.replace(Samples.ROOT, state))
                .containsPattern("set closed \\{\\s+type ifname;\\s+elements = \\{ \"br-net\" }")
                .containsPattern("set outward \\{\\s+type ipv4_addr; flags interval;\\s+}");
    }

    /// The chains are the same for one pod and for a thousand.
    @Test
    void growsOnlyByElements() {
        var many = new ArrayList<PublishedPort>();
        for (var i = 1; i <= 1000; i++) {
            many.add(PublishedPort.of(i, i, Protocol.TCP));
        }
        var one = rules(many.subList(0, 1));
        assertThat(rules(many).lines().count() - one.lines().count()).isEqualTo(999);
    }

    private String rules(List<PublishedPort> ports) {
        return NftRules.replace(
                Samples.ROOT,
                new NetworkState(List.of(network), List.of(web), Map.of("web", ports)));
    }
}
