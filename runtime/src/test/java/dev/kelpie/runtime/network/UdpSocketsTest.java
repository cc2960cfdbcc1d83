package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class UdpSocketsTest {

    @Test
    void readsAddressesOfOnePort() {
        var table =
                """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt uid
                 1: 0100590A:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000 0 0 1 2
                 2: 00000000:0044 00000000:0000 07 00000000:00000000 00:00000000 00000000 0 0 1 2
                 junk
                """;
        assertThat(UdpSockets.parse(table, 53)).containsExactly(InetAddress.ofLiteral("10.89.0.1"));
    }
}
