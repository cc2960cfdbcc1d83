package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.runtime.network.VirtualService.Backend;
import dev.kelpie.runtime.network.VirtualService.ServedPort;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VirtualServiceTest {

    private static InetAddress address(String text) {
        return Subnet.address(text).orElseThrow();
    }

    @Test
    void meansItsPodsWhereNobodyServesItsAddress() {
        var one = address("10.89.0.2");
        var other = address("10.89.0.3");
        var ports =
                List.of(
                        new ServedPort(
                                Protocol.TCP,
                                80,
                                List.of(30080),
                                List.of(new Backend(one, 8080), new Backend(other, 8080))),
                        new ServedPort(Protocol.UDP, 53, List.of(), List.of(new Backend(one, 53))));
        var service =
                new VirtualService(
                        "a1",
                        Optional.of(address("198.19.0.1")),
                        List.of("web.default"),
                        ports,
                        List.of(),
                        false);
        assertThat(service.byHosts())
                .isEqualTo(
                        new VirtualService(
                                "a1",
                                Optional.empty(),
                                List.of("web.default"),
                                List.of(),
                                List.of(one, other),
                                false));
    }
}
