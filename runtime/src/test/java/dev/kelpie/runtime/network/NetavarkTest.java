package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.NetworkException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetavarkTest {

    @ParameterizedTest
    @CsvSource({
        "netavark 1.4.0, iptables",
        "netavark 1.9.1, iptables",
        "netavark 1.14.0, nftables",
        "netavark 2.0.0-dev, nftables"
    })
    void asksForAFirewallTheVersionKnows(String version, String firewall) {
        assertThat(Netavark.firewall(version)).isEqualTo(firewall);
    }

    @Test
    void refusesAVersionItCannotRead() {
        assertThatThrownBy(() -> Netavark.firewall("something else"))
                .isInstanceOf(NetworkException.class);
    }

    /// Pitfalls 39 and 40.
    @Test
    void requestHasAMapOfNetworksWithOneAddressEach() {
        var network = Samples.network("net", "10.89.0.0/24");
        var pod = Samples.pod("web", network, "10.89.0.2");
        var port = PublishedPort.of(8080, 80, Protocol.TCP);
        var state = new NetworkState(List.of(network), List.of(pod), Map.of("web", List.of(port)));
        var json = NetavarkRequest.of("web", List.of(pod), state);
        assertThat(json.at("/networks/net/static_ips/0").asText()).isEqualTo("10.89.0.2");
        assertThat(json.at("/network_info/net/subnets/0/gateway").asText()).isEqualTo("10.89.0.1");
        assertThat(json.at("/port_mappings/0").toString())
                .isEqualTo(
                        "{\"host_ip\":\"\",\"host_port\":8080,\"container_port\":80,\"range\":1,"
                                + "\"protocol\":\"tcp\"}");
    }
}
