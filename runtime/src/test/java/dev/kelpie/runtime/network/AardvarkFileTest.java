package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AardvarkFileTest {

    private final BridgeNetwork network = Samples.network("net", "10.89.0.0/24");
    private final BridgeNetwork silent =
            Samples.internal(Samples.network("silent", "10.89.1.0/24"));

    @Test
    void hasALineForEachPodWithAnEmptyFieldForIpv6() {
        var state =
                new NetworkState(
                        List.of(network, silent),
                        List.of(
                                Samples.pod("web", network, "10.89.0.2"),
                                Samples.pod("quiet", silent, "10.89.1.2")),
                        Map.of());
        assertThat(AardvarkFile.render(state))
                .isEqualTo(Map.of("net", "10.89.0.1\nweb 10.89.0.2  web,alias-web\n"));
    }

    @Test
    void networkNobodyUsesHasNoFile() {
        var state = new NetworkState(List.of(network), List.of(), Map.of());
        assertThat(AardvarkFile.render(state)).isEmpty();
    }
}
