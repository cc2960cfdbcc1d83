package dev.kelpie.app.command.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.spec.NetworkOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressFlagsTest {
    private static AddressFlags flags(String subnet, String gateway, String range) {
        var flags = new AddressFlags();
        flags.subnets = subnet.isEmpty() ? List.of() : List.of(subnet);
        flags.gateways = gateway.isEmpty() ? List.of() : List.of(gateway);
        flags.ranges = range.isEmpty() ? List.of() : List.of(range);
        return flags;
    }

    @Test
    void asksForNothing() {
        var flags = flags("", "", "");
        assertThat(flags.subnet()).isEmpty();
        assertThat(flags.gateway()).isEmpty();
        assertThat(flags.range()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.9.0.10-10.9.0.20, 10.9.0.10, 10.9.0.20",
        "10.9.0.128/25, 10.9.0.129, 10.9.0.254"
    })
    void takesARange(String typed, String first, String last) {
        assertThat(flags("10.9.0.0/24", "", typed).range())
                .contains(new NetworkOptions.Range(first, last));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 10.9.0.1 | '' | without subnet",
                "10.9.0.0 | '' | '' | not a subnet like",
                "fd00::/121 | '' | '' | must be /16 to /120",
                "fd00::zz/64 | '' | '' | not a subnet like fd00:1::/64",
                "fd00::/64 | fd01::1 | '' | not an address of fd00::/64",
                "fd00::/64 | '' | fd00::2-fd00::9 | the IPv6 ones follow",
                "'' | fd00::1 | '' | without subnet",
                "10.9.0.0/31 | '' | '' | must be /8 to /30",
                "10.9.0.0/24 | 10.8.0.1 | '' | not an address of 10.9.0.0/24",
                "10.9.0.0/24 | 10.9.0.255 | '' | are not for hosts",
                "10.9.0.0/24 | '' | 10.9.0.20-10.9.0.10 | ends before it begins",
                "10.9.0.0/24 | '' | 10.9.0.20-10.9.1.1 | not an address of"
            })
    void refusesWhatDoesNotFit(String subnet, String gateway, String range, String message) {
        var flags = flags(subnet, gateway, range);
        assertThatThrownBy(
                        () -> {
                            flags.subnet();
                            flags.six();
                            flags.gateway();
                            flags.range();
                        })
                .isInstanceOf(FlagException.class)
                .hasMessageContaining(message);
    }

    @Test
    void givesIpv6BesideIpv4() {
        var typed = flags("fd00:1:0::/64", "", "");
        assertThat(typed.subnet()).as("a free one").isEmpty();
        assertThat(typed.six()).contains(new NetworkOptions.Six("fd00:1::/64", "fd00:1::1"));
        assertThat(flags("", "", "").six()).isEmpty();
        var asked = flags("10.9.0.0/24", "", "");
        asked.ipv6 = true;
        assertThat(asked.six().orElseThrow().subnet()).startsWith("fd").endsWith("/64");
        assertThat(asked.subnet()).isPresent();
    }

    @Test
    void knowsTheMtuAndNoOtherOption() {
        assertThat(Create.mtu(List.of("mtu=1400", "isolate=false"))).isEqualTo(1400);
        assertThatThrownBy(() -> Create.mtu(List.of("mtu=20"))).hasMessageContaining("68-65535");
        assertThatThrownBy(() -> Create.mtu(List.of("vlan=3"))).hasMessageContaining("\"vlan=3\"");
        assertThatThrownBy(() -> Create.mtu(List.of("isolate=true")))
                .hasMessageContaining("isolate=true is not supported");
    }
}
