package dev.kelpie.app.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodNetwork.NetworkRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NetworkFlagTest {
    private static PodNetwork.Mode parse(String... words) {
        return NetworkFlag.parse(List.of(words)).orElseThrow();
    }

    @Test
    void joinsSeveralWithTheirOptions() {
        assertThat(parse("a:ip=10.0.0.2,mac=92-D0-C6-0A-29-33", "b:alias=x,alias=y"))
                .isEqualTo(
                        new PodNetwork.Bridge(
                                List.of(
                                        new NetworkRequest(
                                                "a",
                                                Map.of(
                                                        "ip", List.of("10.0.0.2"),
                                                        "mac", List.of("92:d0:c6:0a:29:33"))),
                                        new NetworkRequest(
                                                "b", Map.of("alias", List.of("x", "y"))))));
    }

    @Test
    void givesAddressAndNamesToTheDefaultNetworkWhenNoneIsNamed() {
        var mode = new PodNetwork.Bridge(List.of());
        assertThat(NetworkFlag.with(mode, Map.of("ip", List.of("10.0.0.2"))))
                .isEqualTo(
                        new PodNetwork.Bridge(
                                List.of(
                                        new NetworkRequest(
                                                "podman", Map.of("ip", List.of("10.0.0.2"))))));
    }

    @Test
    void refusesOneAddressForTwoNetworks() {
        assertThatThrownBy(
                        () -> NetworkFlag.with(parse("a", "b"), Map.of("ip", List.of("10.0.0.2"))))
                .hasMessageContaining("can only be used with one network");
        assertThatThrownBy(() -> NetworkFlag.with(parse("host"), Map.of("alias", List.of("x"))))
                .hasMessageContaining("--network-alias can only be used with a network");
    }

    @ParameterizedTest
    @CsvSource({
        "a:ip=10.0.0, not an IPv4 address",
        "a:ip=fd00::1, not an IPv4 address",
        "a:mac=1234, not an address like",
        "a:mac=93:d0:c6:0a:29:33, multicast",
        "a:alias=-x, not a name",
        "a:interface_name=net0, unknown option"
    })
    void refusesBadOptions(String word, String message) {
        assertThatThrownBy(() -> parse(word)).hasMessageContaining(message);
    }
}
