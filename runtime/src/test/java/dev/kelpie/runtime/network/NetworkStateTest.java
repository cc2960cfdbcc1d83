package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkStateTest {

    private final BridgeNetwork network = Samples.network("net", "10.89.0.0/24");
    private final Attachment web = Samples.pod("web", network, "10.89.0.2");

    @Test
    void knowsWhichNetworksAreUsed() {
        var unused = Samples.network("other", "10.89.1.0/24");
        var state = new NetworkState(List.of(unused, network), List.of(web), Map.of());
        assertThat(state.used()).containsExactly(network);
        assertThat(state.without(Set.of("web")).used()).isEmpty();
    }

    @Test
    void refusesAttachmentsThatFitNoNetwork() {
        assertThatThrownBy(() -> new NetworkState(List.of(), List.of(web), Map.of()))
                .hasMessageContaining("no such network: 'net'");
        var far = Samples.pod("far", network, "10.90.0.2");
        var twin = Samples.pod("twin", network, "10.89.0.2");
        assertThatThrownBy(
                        () -> new NetworkState(List.of(network), List.of(web, far, twin), Map.of()))
                .hasMessageContaining("10.90.0.2 is outside 10.89.0.0/24")
                .hasMessageContaining("address used twice: 10.89.0.2");
    }

    @Test
    void refusesPortsNobodyChoseOrHas() {
        var open = PublishedPort.of(0, 80, Protocol.TCP);
        assertThatThrownBy(() ->
                        new NetworkState(
                                List.of(network),
                                List.of(web),
                                Map.of("web", List.of(open), "ghost", List.of())))
                .hasMessageContaining("host port not chosen yet")
                .hasMessageContaining("'ghost'");
    }

    /// Names go into files, rules and commands.
    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\nb", "a,b", "-x", "$(reboot)", "a;b", "é"})
    void refusesNamesThatCouldBreakOut(String name) {
        assertThatThrownBy(() ->
                        new Attachment(
                                "web",
                                web.netns(),
                                "eth0",
                                web.address(),
                                web.mac(),
                                "net",
                                List.of(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }
}
