package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResolvConfTest {

    private static final String HOST =
            """
            # by hand
            ; too
            domain old.example
            search corp.example  lab.example
            nameserver 127.0.0.53
            nameserver\t192.0.2.53
            nameserver
            nameserver ::1
            options ndots:2 edns0
            sortlist 10.0.0.0
            """;

    @Test
    void readsAsTheResolverDoes() {
        assertThat(ResolvConf.parse(HOST))
                .isEqualTo(
                        new ResolvConf(
                                List.of("127.0.0.53", "192.0.2.53", "::1"),
                                List.of("corp.example", "lab.example"),
                                List.of("ndots:2", "edns0")));
    }

    @Test
    void podWithDnsAsksTheGatewayOnly() {
        var text =
                ResolvConf.parse(HOST)
                        .through(List.of(InetAddress.ofLiteral("10.89.0.1")))
                        .withFirst(List.of(), List.of("dns.podman"), List.of())
                        .toText();
        assertThat(text)
                .isEqualTo(
                        """
                        nameserver 10.89.0.1
                        search dns.podman corp.example lab.example
                        options ndots:2 edns0
                        """);
    }

    @Test
    void podWithoutDnsDoesNotAskItself() {
        assertThat(ResolvConf.parse(HOST).withoutLoopback().nameservers())
                .containsExactly("192.0.2.53");
    }

    @Test
    void ownSettingsComeFirstAndAreNotDoubled() {
        var conf =
                new ResolvConf(List.of("192.0.2.53"), List.of("a.example"), List.of("ndots:2"))
                        .withFirst(
                                List.of("9.9.9.9", "192.0.2.53"), List.of("b.example"), List.of());
        assertThat(conf.nameservers()).containsExactly("9.9.9.9", "192.0.2.53");
        assertThat(conf.searches()).containsExactly("b.example", "a.example");
    }

    @Test
    void emptyFileStaysEmpty() {
        assertThat(ResolvConf.parse("").toText()).isEmpty();
    }
}
