package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForeignPortsTest {

    private static final String MAPS =
            """
            table inet kelpie-00000001 {
            \tmap anywhere {
            \t\ttype inet_proto . inet_service : ipv4_addr . inet_service
            \t\telements = { tcp . 8080 : 10.89.0.2 . 80,
            \t\t\t     udp . 53 : 10.89.0.2 . 53 }
            \t}
            \tmap at_address {
            \t\telements = { 127.0.0.1 . tcp . 8081 : 10.89.0.2 . 80 }
            \t}
            }
            table inet netavark {
            \tmap other {
            \t\telements = { tcp . 9090 : 10.88.0.2 . 80 }
            \t}
            }
            """;

    private final ForeignPorts foreign = new ForeignPorts(MAPS, "kelpie-00000002");

    @Test
    void namesTheOtherRootsTable() {
        assertThatThrownBy(() -> requireFree("8070-8090:70-90"))
                .isInstanceOf(PortInUseException.class)
                .hasMessage(
                        "port 0.0.0.0:8080/tcp is already in use by another engine root (nftables"
                                + " table 'kelpie-00000001')");
        assertThatThrownBy(() -> requireFree("8081:80")).isInstanceOf(PortInUseException.class);
        assertThatThrownBy(() -> requireFree("53:53/udp")).isInstanceOf(PortInUseException.class);
    }

    @Test
    void otherProtocolsAddressesAndTablesDoNotCount() {
        assertThatCode(
                        () -> {
                            requireFree("8080:80/udp");
                            requireFree("127.0.0.2:8081:80");
                            requireFree("9090:80");
                            new ForeignPorts(MAPS, "kelpie-00000001")
                                    .requireFree(PublishSyntax.parse("8080:80"));
                        })
                .doesNotThrowAnyException();
    }

    private void requireFree(String port) {
        foreign.requireFree(List.copyOf(PublishSyntax.parse(port)));
    }
}
