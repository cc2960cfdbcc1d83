package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachTest {

    private static InetAddress ip(String text) {
        return InetAddress.ofLiteral(text);
    }

    private static Reach reach(String gateway, String six) {
        return new Reach(
                Subnet.parse("10.89.4.0/22"),
                ip(gateway),
                Optional.of(new Reach.Six(Subnet.parse("fd00:7::/64"), ip(six))));
    }

    @ParameterizedTest
    @CsvSource({
        "10.89.4.1, fd00:7::1, 10.89.4.2, fd00:7::2",
        "10.89.4.1, fd00:7::1, 10.89.5.255, fd00:7::1ff",
        "10.89.4.9, fd00:7::1, 10.89.4.9, fd00:7::1",
        "10.89.4.9, fd00:7::1, 10.89.4.1, fd00:7::9",
        "10.89.4.1, fd00:7::ffff:1, 10.89.4.2, fd00:7::2"
    })
    void aPodHasTheSameNumberInBothAndNeverTheGateways(
            String gateway, String gatewaySix, String four, String six) {
        var reach = reach(gateway, gatewaySix);
        assertThat(reach.six(ip(four))).contains(ip(six));
        assertThat(reach.four(ip(six))).contains(ip(four));
    }

    @Test
    void whatHasNoNumberInTheOtherIsNobodys() {
        var reach = reach("10.89.4.1", "fd00:7::1");
        assertThat(reach.four(ip("fd00:7::400"))).isEmpty();
        assertThat(reach.four(ip("fd00:8::2"))).isEmpty();
        assertThat(reach.loopbackStandIn()).contains(ip("fd00:7::3ff"));
        assertThat(reach.withSix(Optional.empty()).six(ip("10.89.4.2"))).isEmpty();
    }

    @Test
    void refusesSidesThatDoNotGoTogether() {
        var small = new Reach.Six(Subnet.parse("fd00::/120"), ip("fd00::1"));
        assertThatThrownBy(() -> reach("10.89.4.1", "fd00:7::1").withSix(Optional.of(small)))
                .hasMessage("subnet fd00::/120 has fewer addresses than 10.89.4.0/22");
        assertThatThrownBy(() -> reach("10.89.4.1", "fd00:7::3ff"))
                .hasMessageContaining("its number is that of 10.89.4.0/22's broadcast address");
        assertThatThrownBy(() -> reach("10.89.4.1", "fd00:8::1"))
                .hasMessageContaining("'fd00:8::1'");
    }
}
