package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressPoolTest {

    @ParameterizedTest
    @CsvSource({
        "10.89.0.0/24, 10.89.0.1,, '', 10.89.0.2",
        "10.89.0.0/24, 10.89.0.1, 10.89.0.7, '', 10.89.0.8",
        "10.89.0.0/24, 10.89.0.1, 10.89.0.7, 10.89.0.8 10.89.0.9, 10.89.0.10",
        "10.89.0.0/24, 10.89.0.1, 10.89.0.254, '', 10.89.0.2",
        "10.89.0.0/24, 10.89.0.1, 10.89.0.253, 10.89.0.254 10.89.0.2, 10.89.0.3",
        "10.89.0.0/24, 10.89.0.254, 10.89.0.252, '', 10.89.0.253",
        "10.89.0.0/24, 10.89.0.254, 10.89.0.253, '', 10.89.0.1",
        "10.89.0.0/24, 10.89.0.1, 172.16.0.9, '', 10.89.0.2",
        "10.89.0.0/16, 10.89.0.1, 10.89.0.254, '', 10.89.0.255",
        "128.0.0.0/1, 128.0.0.1, 255.255.255.254, '', 128.0.0.2",
        "10.89.0.0/30, 10.89.0.1, 10.89.0.2, '', 10.89.0.2"
    })
    void goesRound(String subnet, String gateway, String last, String taken, String expected) {
        assertThat(next(subnet, gateway, last, taken))
                .map(InetAddress::getHostAddress)
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "10.89.0.0/30, 10.89.0.1, 10.89.0.2, 10.89.0.2",
        "10.89.0.0/31, 10.89.0.1,, ''",
        "10.89.0.0/32, 10.89.0.0,, ''"
    })
    void isEmptyWhenFull(String subnet, String gateway, String last, String taken) {
        assertThat(next(subnet, gateway, last, taken)).isEmpty();
    }

    @Test
    void givesEveryAddressOnceBeforeOneTwice() {
        var subnet = Subnet.parse("10.89.0.0/27");
        var given = new ArrayList<InetAddress>();
        var last = Optional.<InetAddress>empty();
        for (var i = 0; i < 29; i++) {
            last = AddressPool.next(subnet, AddressPool.first(subnet), last, List.of());
            given.add(last.orElseThrow());
        }
        assertThat(given).doesNotHaveDuplicates().hasSize(29);
    }

    private static Optional<InetAddress> next(
            String subnet, String gateway, String last, String taken) {
        return AddressPool.next(
                Subnet.parse(subnet),
                InetAddress.ofLiteral(gateway),
                Optional.ofNullable(last).map(InetAddress::ofLiteral),
                Stream.of(taken.split(" ", -1))
                        .filter(text -> !text.isEmpty())
                        .map(InetAddress::ofLiteral)
                        .toList());
    }
}
