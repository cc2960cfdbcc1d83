package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.fault.StartFailedException;
import dev.kelpie.engine.report.ResolvedProcess;
import dev.kelpie.engine.report.ServiceSummary;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PlaySpec;
import dev.kelpie.engine.spec.PodPolicy;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PortMapping.Protocol;
import dev.kelpie.engine.spec.ServiceSpec;
import dev.kelpie.engine.spec.ServiceSpec.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServicesTest {

    @TempDir Path directory;

    private FakeEngine engine;

    @BeforeEach
    void open() throws InterruptedException {
        engine = FakeEngine.at(directory);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static ServiceSpec service(String name, Kind kind) {
        return new ServiceSpec(
                Metadata.of(name),
                Map.of("app", "web"),
                List.of(new ServiceSpec.Port("http", Protocol.TCP, 80, "8080", 0)),
                kind,
                Optional.empty(),
                false,
                false);
    }

    private static PodSpec labelled(PodSpec pod) {
        return new PodSpec(
                new Metadata("default", pod.name(), Map.of("app", "web"), Map.of()),
                List.of(),
                pod.containers(),
                List.of(),
                pod.network(),
                pod.sharing(),
                pod.policy(),
                pod.security());
    }

    private void play(List<ServiceSpec> services, PodSpec... pods) throws InterruptedException {
        engine.plays.play(
                new PlaySpec(List.of(), List.of(), List.of(pods), services, List.of(), List.of()),
                PlayOptions.DEFAULT,
                _ -> {});
    }

    private ServiceSummary only() {
        assertThat(engine.services.list()).hasSize(1);
        return engine.services.list().getFirst();
    }

    @Test
    void standsForThePodsThatItSelectsAndThatRun() throws InterruptedException {
        play(
                List.of(service("front", Kind.CLUSTER_IP)),
                labelled(Specs.pod("web", "a")),
                Specs.pod("other", "b"));
        assertThat(only().pods()).containsExactly("web");
        engine.containers.stop(List.of("web-a"), StopOptions.DEFAULT);
        assertThat(only().pods()).isEmpty();
    }

    @Test
    void tellsTheNetworksBeforeThePlayIsDone() throws InterruptedException {
        play(List.of(service("front", Kind.CLUSTER_IP)), labelled(Specs.pod("web", "a")));
        assertThat(engine.network.calls()).last().asString().contains("serve", "port=8080");
    }

    @Test
    void keepsItsAddressAndHostPortWhenItIsPlayedAgain() throws InterruptedException {
        play(List.of(service("front", Kind.NODE_PORT)), labelled(Specs.pod("web", "a")));
        var before = only();
        assertThat(before.nodePorts().getFirst()).isBetween(30_000, 32_767);
        var changed = service("front", Kind.NODE_PORT);
        play(
                List.of(
                        new ServiceSpec(
                                changed.metadata(),
                                Map.of("app", "none"),
                                changed.ports(),
                                changed.kind(),
                                Optional.empty(),
                                true,
                                false)));
        assertThat(only().address()).isEqualTo(before.address());
        assertThat(only().nodePorts()).isEqualTo(before.nodePorts());
        assertThat(only().pods()).isEmpty();
    }

    @Test
    void headlessOneHasNoAddress() throws InterruptedException {
        play(List.of(service("front", Kind.HEADLESS)), labelled(Specs.pod("web", "a")));
        assertThat(only().address()).isEmpty();
        assertThat(engine.network.calls()).last().asString().contains("hosts=[/");
    }

    @Test
    void failedPlayLeavesWhatWasThereBefore() throws InterruptedException {
        play(List.of(service("front", Kind.CLUSTER_IP)));
        var before = only();
        engine.runtime.failStartOf("bad-a");
        assertThatThrownBy(() ->
                        play(
                                List.of(
                                        service("front", Kind.HEADLESS),
                                        service("new", Kind.CLUSTER_IP)),
                                Specs.pod("bad", "a")))
                .isInstanceOf(StartFailedException.class);
        assertThat(only()).isEqualTo(before);
    }

    @Test
    void goesWithTheOthersOfItsManifest() throws InterruptedException {
        play(List.of(service("front", Kind.CLUSTER_IP)), labelled(Specs.pod("web", "a")));
        assertThat(engine.services.remove(List.of("default/front", "default/none")))
                .containsExactly("default/front");
        assertThat(engine.services.list()).isEmpty();
        assertThat(engine.network.calls()).last().isEqualTo("serve []");
    }

    @Test
    void isThereAfterTheEngineWasReopened() throws InterruptedException {
        play(List.of(service("front", Kind.CLUSTER_IP)));
        var before = only();
        engine = engine.reopened(directory);
        assertThat(only()).isEqualTo(before);
    }

    @Test
    void tellsContainersOfIt() throws InterruptedException {
        play(List.of(service("front-end", Kind.CLUSTER_IP)), labelled(linked("web", true)));
        var address = only().address().orElseThrow();
        assertThat(told("web"))
                .contains(
                        "FRONT_END_SERVICE_HOST=" + address,
                        "FRONT_END_SERVICE_PORT=80",
                        "FRONT_END_SERVICE_PORT_HTTP=80",
                        "FRONT_END_PORT=tcp://" + address + ":80",
                        "FRONT_END_PORT_80_TCP_ADDR=" + address)
                .contains("FRONT_END_PORT_80_TCP_PROTO=mine");
    }

    @Test
    void tellsNothingToWhoDoesNotWantToKnow() throws InterruptedException {
        play(List.of(service("front", Kind.CLUSTER_IP)), labelled(linked("web", false)));
        assertThat(told("web")).containsExactly("FRONT_END_PORT_80_TCP_PROTO=mine");
    }

    private static PodSpec linked(String name, boolean links) {
        var pod = Specs.pod(name, "a");
        var policy = pod.policy();
        return new PodSpec(
                pod.metadata(),
                List.of(),
                pod.containers(),
                List.of(),
                pod.network(),
                pod.sharing(),
                new PodPolicy(
                        policy.restartPolicy(),
                        policy.terminationGracePeriod(),
                        true,
                        Optional.empty(),
                        List.of(),
                        policy.demands(),
                        List.of(),
                        Optional.of(links)),
                pod.security());
    }

    private List<String> told(String pod) {
        var state = engine.core.store.now();
        return ServiceLinks.told(
                        state,
                        state.podNamed(pod).orElseThrow(),
                        new ResolvedProcess(
                                List.of("sh"),
                                List.of(),
                                List.of("FRONT_END_PORT_80_TCP_PROTO=mine"),
                                "/",
                                "",
                                "SIGTERM"))
                .env();
    }
}
