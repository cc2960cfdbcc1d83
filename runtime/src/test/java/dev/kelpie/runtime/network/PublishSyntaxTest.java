package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishSyntaxTest {

    @ParameterizedTest
    @CsvSource({
        "80, 0.0.0.0:0->80/tcp",
        "8080:80, 0.0.0.0:8080->80/tcp",
        "0:80, 0.0.0.0:0->80/tcp",
        ":80, 0.0.0.0:0->80/tcp",
        "8080:80/udp, 0.0.0.0:8080->80/udp",
        "8080:80/SCTP, 0.0.0.0:8080->80/sctp",
        "127.0.0.1:8080:80, 127.0.0.1:8080->80/tcp",
        "127.0.0.1::80, 127.0.0.1:0->80/tcp",
        "0.0.0.0:8080:80, 0.0.0.0:8080->80/tcp",
        "8000-8010:9000-9010, 0.0.0.0:8000-8010->9000-9010/tcp",
        "10.0.0.1:8000-8001:80-81/udp, 10.0.0.1:8000-8001->80-81/udp",
        "7000-7001, 0.0.0.0:0-1->7000-7001/tcp",
        "[::1]:8080:80, [::1]:8080->80/tcp",
        "[::]::80/udp, [::]:0->80/udp",
        "65535:65535, 0.0.0.0:65535->65535/tcp"
    })
    void readsWhatPodmanTakes(String text, String expected) {
        assertThat(PublishSyntax.parse(text)).singleElement().hasToString(expected);
    }

    @Test
    void anyAddressIsNoAddress() {
        assertThat(PublishSyntax.parse("0.0.0.0:1:2").getFirst().hostIp()).isEmpty();
        assertThat(PublishSyntax.parse("127.0.0.1:1:2").getFirst().hostIp())
                .isEqualTo(Optional.of(InetAddress.ofLiteral("127.0.0.1")));
    }

    @Test
    void severalProtocolsAreSeveralMappings() {
        assertThat(PublishSyntax.parse("53:5353/tcp,udp"))
                .containsExactly(
                        PublishedPort.of(53, 5353, Protocol.TCP),
                        PublishedPort.of(53, 5353, Protocol.UDP));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "::",
                "/tcp",
                "80/",
                "80/icmp",
                "80/tcp/udp",
                "80/tcp,",
                "a:80",
                "8080:b",
                "-1:80",
                "80-:80",
                "8080:70000",
                "70000:80",
                "0",
                "8080:0",
                "0-5:80-85",
                "8005-8000:85-80",
                "8000-8002:80-81",
                "8000-8002:80",
                "1:2:3:4",
                "host:1:2",
                "256.0.0.1:1:2",
                ":1:2",
                "::1:80:80",
                "[::1]80:80",
                "[::1",
                "[::1]:80",
                "[127.0.0.1]:80:80",
                "[::1]:1:2:3",
                "[fe80::1%eth0]:1:2",
                "99999999999999999999:80",
                " 80",
                "８０:80"
            })
    void refusesTheRestAndQuotesIt(String text) {
        assertThatThrownBy(() -> PublishSyntax.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("bad port '" + text + "': ");
    }

    @Test
    void doesNotRepeatEndlessInput() {
        assertThatThrownBy(() -> PublishSyntax.parse("1".repeat(1_000_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @Test
    void overlapIsByProtocolAddressAndRange() {
        var port = PublishSyntax.parse("127.0.0.1:8000-8002:80-82").getFirst();
        assertThat(port.overlaps(PublishSyntax.parse("8002:1").getFirst())).isTrue();
        assertThat(port.overlaps(PublishSyntax.parse("8003:1").getFirst())).isFalse();
        assertThat(port.overlaps(PublishSyntax.parse("8002:1/udp").getFirst())).isFalse();
        assertThat(port.overlaps(PublishSyntax.parse("127.0.0.2:8002:1").getFirst())).isFalse();
    }
}
