package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.NetworkException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BridgeNetworkTest {

    private final NetworkRoot root =
            new NetworkRoot("0500abcd", Path.of("/run/x/network"), Optional.empty());

    @Test
    void beginsAtThePlaceOfTheRoot() {
        var network = BridgeNetwork.choose("net", root, HostLinks.NONE, List.of());
        assertThat(network.subnet()).hasToString("10.89.5.0/24");
        assertThat(network.gateway().getHostAddress()).isEqualTo("10.89.5.1");
        assertThat(network.bridge()).isEqualTo("kelpie0500aba");
    }

    @Test
    void avoidsTheHostAndTheOtherNetworks() {
        var taken = new ArrayList<BridgeNetwork>();
        taken.add(BridgeNetwork.choose("one", root, HostLinks.NONE, taken));
        var host =
                new HostLinks(
                        Set.of("kelpie0500abb"),
                        List.of(Subnet.parse("10.89.6.0/23"), Subnet.parse("10.89.8.128/25")));
        var network = BridgeNetwork.choose("two", root, host, taken);
        assertThat(network.subnet()).hasToString("10.89.9.0/24");
        assertThat(network.bridge()).isEqualTo("kelpie0500abc");
    }

    @Test
    void leavesTheFirstSixteenOnlyWhenFull() {
        var host = new HostLinks(Set.of(), List.of(Subnet.parse("10.89.0.0/16")));
        assertThat(BridgeNetwork.choose("net", root, host, List.of()).subnet())
                .hasToString("10.90.0.0/24");
    }

    @Test
    void saysWhenNothingIsFree() {
        var host = new HostLinks(Set.of(), List.of(Subnet.parse("10.0.0.0/8")));
        assertThatThrownBy(() -> BridgeNetwork.choose("net", root, host, List.of()))
                .isInstanceOf(NetworkException.class)
                .hasMessageContaining("no free /24");
    }

    @Test
    void everyNameFitsAnInterface() {
        var taken = new ArrayList<BridgeNetwork>();
        for (var i = 0; i < 300; i++) {
            taken.add(BridgeNetwork.choose("net" + i, root, HostLinks.NONE, taken));
        }
        assertThat(taken).extracting(BridgeNetwork::bridge).doesNotHaveDuplicates();
        assertThat(taken).extracting(BridgeNetwork::subnet).doesNotHaveDuplicates();
    }

    @Test
    void refusesAGatewayOutside() {
        var good = BridgeNetwork.choose("net", root, HostLinks.NONE, List.of());
        assertThatThrownBy(() ->
                        new Reach(
                                good.subnet(),
                                Subnet.parse("10.0.0.1/32").base(),
                                Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10.0.0.1");
    }
}
