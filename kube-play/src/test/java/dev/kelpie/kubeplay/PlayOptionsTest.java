package dev.kelpie.kubeplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PortMapping;
import dev.kelpie.engine.spec.PortMapping.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlayOptionsTest {

    private static final PlayOptions DEFAULT = PlayOptions.DEFAULT;

    private static String pod(String name, String spec) {
        return """
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, labels: {a: b}}
        spec:
          %s
          initContainers: [{name: i, image: x}]
          containers:
            - {name: c, image: x, ports: [{containerPort: 80, hostPort: 8080}, {containerPort: 81}]}
        """
                .formatted(name, spec.indent(2).strip());
    }

    private static PodSpec play(String text, PlayOptions options) {
        return new KubeReader().read(List.of(new Source("f", text)), options).pods().getFirst();
    }

    private static PortMapping port(int host, int container, int range) {
        return new PortMapping(Optional.empty(), host, container, range, Protocol.TCP);
    }

    private static PlayOptions with(
            Map<String, String> annotations, boolean noPrefix, boolean all) {
        return new PlayOptions(
                Validation.STRICT,
                Optional.empty(),
                List.of(),
                all,
                annotations,
                noPrefix,
                PlayOptions.SECCOMP_PROFILES);
    }

    @Test
    void publishedPortsComeFirstAndReplaceThoseOfTheFile() {
        var ports =
                play(pod("p", ""), DEFAULT.withPublish(List.of(port(9000, 79, 2))))
                        .network()
                        .ports();
        assertThat(ports).containsExactly(port(9000, 79, 2));
        ports =
                play(pod("p", ""), DEFAULT.withPublish(List.of(port(9000, 90, 1))))
                        .network()
                        .ports();
        assertThat(ports).containsExactly(port(9000, 90, 1), port(8080, 80, 1));
    }

    @Test
    void publishAllPublishesContainerPorts() {
        var ports = play(pod("p", ""), with(Map.of(), false, true)).network().ports();
        assertThat(ports).containsExactly(port(8080, 80, 1), port(81, 81, 1));
    }

    @Test
    void onePublishedPortCannotServeTwoPods() {
        var text = pod("p", "") + pod("q", "").replace("hostPort: 8080", "hostPort: 8081");
        assertThatThrownBy(() -> play(text, DEFAULT.withPublish(List.of(port(9000, 90, 1)))))
                .hasMessage("--publish: host port 9000 cannot serve all 2 pods of this play");
    }

    @Test
    void theNetworkOptionWinsOverTheFile() {
        assertThat(play(pod("p", ""), DEFAULT.withNetwork(new PodNetwork.Host())).network().ports())
                .isEmpty();
        var bridge = new PodNetwork.Bridge(List.of());
        var text = pod("p", "hostNetwork: true").replace("hostPort: 8080", "hostPort: 80");
        assertThat(play(text, DEFAULT.withNetwork(bridge)).network().mode()).isEqualTo(bridge);
        assertThat(play(text, DEFAULT).network().mode()).isEqualTo(new PodNetwork.Host());
    }

    @Test
    void noNetworkPublishesNothing() {
        assertThatThrownBy(() -> play(pod("p", ""), DEFAULT.withNetwork(new PodNetwork.None())))
                .hasMessageContaining("hostPort: network none has no ports to publish");
    }

    @Test
    void nothingIsPublishedForAPodOnTheHostsNetwork() {
        var options = DEFAULT.withPublish(List.of(port(0, 90, 1)));
        assertThatThrownBy(() -> play(pod("p", ""), options.withNetwork(new PodNetwork.Host())))
                .hasMessageContaining("--publish: 'p' is on the host's network already");
        assertThatThrownBy(() -> play(pod("p", ""), options.withNetwork(new PodNetwork.None())))
                .hasMessageContaining("--publish: network none has no ports to publish");
    }

    @Test
    void aNameWithoutPrefixMayClashWithAnInitContainer() {
        var text = pod("p", "").replace("{name: c", "{name: p-i");
        assertThatThrownBy(() -> play(text, with(Map.of(), true, false)))
                .hasMessageContaining("would be called 'p-i' like the one at f:");
    }

    @Test
    void aPodCannotJoinAContainersNetwork() {
        assertThatThrownBy(() ->
                        play(pod("p", ""), DEFAULT.withNetwork(new PodNetwork.OfContainer("x"))))
                .hasMessage("--network: a pod cannot join the network of a container");
    }

    @Test
    void annotationsAreAddedAndChecked() {
        var pod = play(pod("p", ""), with(Map.of("k", "v"), false, false));
        assertThat(pod.metadata().annotations()).isEqualTo(Map.of("k", "v"));
        assertThatThrownBy(() -> play(pod("p", ""), with(Map.of("a b", "v"), false, false)))
                .hasMessage("--annotation: 'a b' is no key for an annotation");
    }

    @Test
    void withoutPrefixOnlyInitContainersKeepIt() {
        var pod = play(pod("p", ""), with(Map.of(), true, false));
        assertThat(pod.containers().getFirst().name()).isEqualTo("c");
        assertThat(pod.initContainers().getFirst().name()).isEqualTo("p-i");
    }

    @Test
    void longPodNamesMakeShortHostnames() {
        var name = "a".repeat(62) + "." + "b".repeat(20);
        assertThat(play(pod(name, ""), DEFAULT).network().hostname()).contains("a".repeat(62));
    }

    @Test
    void warningsAreForThoseWhoAskedForThem() {
        var text = pod("p", "resourceClaims: [{name: s}]");
        var sources = List.of(new Source("f", text));
        var warned = new KubeReader().read(sources, DEFAULT.withValidation(Validation.WARN));
        assertThat(warned.warnings())
                .singleElement()
                .hasToString("f:6:3: spec.resourceClaims: not supported yet");
        var silent = new KubeReader().read(sources, DEFAULT.withValidation(Validation.IGNORE));
        assertThat(silent.warnings()).isEmpty();
        assertThat(silent.notes()).containsAll(warned.warnings());
    }

    @Test
    void downNeedsNothingButNames() {
        var text = "kind: Deployment\nmetadata: {name: d}\nspec: {replicas: 2, typo: 1}";
        var names = new KubeReader().names(List.of(new Source("f", text)));
        var workload = names.workloads().getFirst();
        assertThat(workload.podNames()).containsExactly("d-pod-0", "d-pod-1");
        assertThat(workload.owns("d-pod")).isTrue();
        assertThat(workload.owns("d-pod-7")).isTrue();
        assertThat(workload.owns("d-pod-07")).isFalse();
        assertThat(workload.owns("d-pod-x")).isFalse();
        assertThat(workload.owns("d")).isFalse();
    }

    @Test
    void annotationsOfTheCommandLineAreCheckedAsThoseOfTheFile() {
        var options =
                with(
                        Map.of(
                                "io.podman.annotations.pids-limit/c", "many",
                                "io.podman.annotations.userns", "auto:size=x",
                                "io.podman.annotations.label/c", "level:s0",
                                "note", "any"),
                        false,
                        false);
        assertThatThrownBy(() -> play(pod("p", ""), options))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining(
                        "--annotation: io.podman.annotations.pids-limit/c: must be a number, was"
                                + " 'many'")
                .hasMessageContaining("--annotation: io.podman.annotations.userns: ")
                .hasMessageContaining(
                        "--annotation: io.podman.annotations.label/c: not supported: use"
                                + " securityContext.seLinuxOptions");
    }

    @Test
    void annotationOfTheCommandLineSharesVolumesOfContainersBeforeIt() {
        var options = with(Map.of("io.podman.annotations.volumes-from/c", "d"), false, false);
        assertThatThrownBy(() -> play(pod("p", ""), options))
                .hasMessageContaining("no container 'd' of the pod comes before it");
    }
}
