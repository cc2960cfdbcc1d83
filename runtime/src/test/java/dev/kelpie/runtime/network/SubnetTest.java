package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetTest {

    @ParameterizedTest
    @CsvSource({
        "10.89.3.7/24, 10.89.3.0/24",
        "10.89.3.255/25, 10.89.3.128/25",
        "1.2.3.4/32, 1.2.3.4/32",
        "1.2.3.4/0, 0.0.0.0/0",
        "fd00::1/64, fd00::/64"
    })
    void clearsHostBits(String text, String expected) {
        assertThat(Subnet.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0/8",
                "host/8",
                "::/129",
                "10.0.0.256/8",
                "10.0.0.0/-1",
                "fe80::1%eth0/64",
                "10.0.0.0/8/8"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Subnet.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void containsItsAddressesOnly() {
        var subnet = Subnet.parse("10.89.0.0/23");
        assertThat(subnet.contains(InetAddress.ofLiteral("10.89.1.255"))).isTrue();
        assertThat(subnet.contains(InetAddress.ofLiteral("10.89.2.0"))).isFalse();
        assertThat(subnet.contains(InetAddress.ofLiteral("fd00::1"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.89.0.0/24, 10.89.0.128/25, true",
        "10.0.0.0/8, 10.89.0.0/24, true",
        "10.89.0.0/24, 10.89.1.0/24, false",
        "0.0.0.0/0, fd00::/8, false"
    })
    void overlapsBothWays(String one, String other, boolean expected) {
        assertThat(Subnet.parse(one).overlaps(Subnet.parse(other))).isEqualTo(expected);
        assertThat(Subnet.parse(other).overlaps(Subnet.parse(one))).isEqualTo(expected);
    }
}
