package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HostPortsTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @Test
    void namesAddressPortProtocolAndHolder() throws IOException {
        try (var server = new ServerSocket(0, 5, LOOPBACK)) {
            var port = at(server.getLocalPort(), Protocol.TCP);
            assertThatThrownBy(() -> HostPorts.requireFree(List.of(port)))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageStartingWith(
                            "port 127.0.0.1:"
                                    + server.getLocalPort()
                                    + "/tcp is already in use by '")
                    .hasMessageEndingWith("(pid " + ProcessHandle.current().pid() + ")");
            assertThatCode(() ->
                            HostPorts.requireFree(List.of(at(server.getLocalPort(), Protocol.UDP))))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void findsUdpAndTheMiddleOfARange() throws IOException {
        try (var socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            var first = socket.getLocalPort() - 1;
            var range = new PublishedPort(Optional.of(LOOPBACK), first, 80, 3, Protocol.UDP);
            assertThatThrownBy(() -> HostPorts.requireFree(List.of(range)))
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining(":" + socket.getLocalPort() + "/udp");
        }
    }

    @Test
    void settlesOpenPortsAwayFromPromisedOnes() {
        var open = PublishedPort.of(0, 80, Protocol.TCP);
        var range = new PublishedPort(Optional.empty(), 0, 8000, 10, Protocol.UDP);
        var settled = HostPorts.settle(List.of(open, open, range), List.of());
        assertThat(settled).allMatch(PublishedPort::isSettled);
        assertThat(settled.get(0).overlaps(settled.get(1))).isFalse();
        assertThat(settled.get(2).range()).isEqualTo(10);
    }

    @Test
    void keepsWhatIsSettled() {
        var fixed = PublishedPort.of(1, 80, Protocol.TCP);
        assertThat(HostPorts.settle(List.of(fixed), List.of())).containsExactly(fixed);
    }

    private static PublishedPort at(int port, Protocol protocol) {
        return new PublishedPort(Optional.of(LOOPBACK), port, 80, 1, protocol);
    }
}
