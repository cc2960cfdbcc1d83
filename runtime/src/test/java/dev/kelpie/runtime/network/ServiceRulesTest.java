package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.runtime.network.VirtualService.Backend;
import dev.kelpie.runtime.network.VirtualService.ServedPort;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceRulesTest {

    private static final InetAddress VIRTUAL = InetAddress.ofLiteral("198.19.0.1");
    private static final InetAddress WEB = InetAddress.ofLiteral("10.89.0.2");

    private final BridgeNetwork network = Samples.network("net", "10.89.0.0/24");

    private static VirtualService service(boolean sticky, Backend... backends) {
        return new VirtualService(
                "svc-1",
                Optional.of(VIRTUAL),
                List.of("web", "web.default"),
                List.of(new ServedPort(Protocol.TCP, 80, List.of(30080), List.of(backends))),
                List.of(),
                sticky);
    }

    private NetworkState state(VirtualService... services) {
        return new NetworkState(
                List.of(network),
                List.of(Samples.pod("web", network, "10.89.0.2")),
                Map.of(),
                List.of(services));
    }

    private String rules(VirtualService... services) {
        return NftRules.replace(Samples.ROOT, state(services));
    }

    @Test
    void spreadsConnectionsOverThoseThatServe() {
        assertThat(rules(service(false, new Backend(WEB, 8080), new Backend(WEB, 8081))))
                .contains("198.19.0.1 . tcp . 80 : goto service-1")
                .contains("tcp . 30080 : goto service-1")
                .contains(
                        "dnat ip to numgen random mod 2 map { 0 : 10.89.0.2 . 8080, 1 : 10.89.0.2"
                                + " . 8081 }");
    }

    @Test
    void stickyOneLooksAtTheClient() {
        assertThat(rules(service(true, new Backend(WEB, 8080)))).contains("jhash ip saddr mod 1");
    }

    @Test
    void refusesWhatNobodyServes() {
        assertThat(rules(service(false)))
                .contains("elements = { 198.19.0.1 }", "ip daddr @virtual reject")
                .doesNotContain("goto service-");
    }

    @Test
    void withoutServicesNothingIsAskedForThem() {
        assertThat(rules()).doesNotContain("@service_", "@virtual");
    }

    @Test
    void namesMeanItsAddress() {
        assertThat(AardvarkFile.render(state(service(false))).get("net"))
                .contains("svc-1 198.19.0.1  web,web.default\n");
    }

    @Test
    void namesOfAHeadlessOneMeanThePods() {
        var other = InetAddress.ofLiteral("10.89.0.3");
        var headless =
                new VirtualService(
                        "svc-2",
                        Optional.empty(),
                        List.of("db"),
                        List.of(),
                        List.of(WEB, other),
                        false);
        assertThat(AardvarkFile.render(state(headless)).get("net"))
                .contains("svc-2-0 10.89.0.2  db\n", "svc-2-1 10.89.0.3  db\n");
    }
}
