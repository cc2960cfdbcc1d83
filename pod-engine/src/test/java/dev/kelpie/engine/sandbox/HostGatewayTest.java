package dev.kelpie.engine.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.fault.InvalidRequestException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostGatewayTest {
    private static final List<String> NAMES = List.of("db");

    @Test
    void isWhereTheNetworkSeesTheHost() {
        var gateway = Optional.of("10.89.0.1");
        assertThat(HostGateway.address("host-gateway", NAMES, false, gateway))
                .isEqualTo("10.89.0.1");
        assertThat(HostGateway.address("host-gateway", NAMES, true, Optional.empty()))
                .isEqualTo("127.0.0.1");
        assertThat(HostGateway.address("10.1.1.1", NAMES, false, gateway)).isEqualTo("10.1.1.1");
    }

    @Test
    void isNowhereWithoutANetwork() {
        assertThatThrownBy(
                        () -> HostGateway.address("host-gateway", NAMES, false, Optional.empty()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("'db:host-gateway': ");
    }
}
