package dev.kelpie.kubeplay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.spec.ConfigMapSpec;
import dev.kelpie.engine.spec.SecretSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KubeSecretsTest {

    private static Playable read(String yaml) {
        return new KubeReader()
                .read(List.of(Source.of("s.yaml", yaml.getBytes(UTF_8))), PlayOptions.DEFAULT);
    }

    private static SecretSpec secret(String yaml) {
        return read("apiVersion: v1\nkind: Secret\nmetadata: {name: db}\n" + yaml)
                .secrets()
                .getFirst();
    }

    @Test
    void putsStringDataOverData() {
        var secret = secret("data: {a: eA==, b: eQ==}\nstringData: {a: z}\n");
        assertThat(secret.content()).containsEntry("a", "eg==").containsEntry("b", "eQ==");
        assertThat(secret.type()).isEqualTo("Opaque");
        assertThat(secret.immutable()).isFalse();
    }

    @Test
    void takesBase64InSeveralLines() {
        assertThat(secret("data:\n  a: |\n    YWJj\n    ZGVm\n").content())
                .containsEntry("a", "YWJjZGVm");
    }

    @Test
    void playsSecretsWithoutAnyPod() {
        assertThat(read("{apiVersion: v1, kind: Secret, metadata: {name: a}}").pods()).isEmpty();
    }

    @Test
    void bringsConfigMapsForPodsThatRunAlready() {
        var map = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: hi}}";
        assertThat(read(map).play().configMaps())
                .containsExactly(new ConfigMapSpec("default", "a", Map.of("k", "aGk="), false));
        assertThat(read(map).play().onlyConfigMaps()).isTrue();
    }

    @Test
    void saysNoValueInAnyMessage() {
        for (var bad :
                List.of(
                        "data: {a: topsecret}",
                        "data: {a: {b: topsecret}}",
                        "data: topsecret",
                        "stringData: [topsecret]",
                        "stringData: {a: 1234567, b: [topsecret]}",
                        "Data: {a: topsecret}",
                        "stringdata: {a: topsecret}",
                        "data: {a: !!foo topsecret}",
                        "data: {a: 'topsecret",
                        "data: {a: topsecret, a: topsecret}",
                        "data: {a: &topsecret x, b: *nobody}")) {
            assertThatThrownBy(() -> secret(bad))
                    .as(bad)
                    .isInstanceOf(ManifestException.class)
                    .hasMessageNotContainingAny("topsecret", "1234567");
        }
    }

    private static Playable withFile(String file) {
        var pod =
                "{apiVersion: v1, kind: Pod, metadata: {name: web}, spec: {containers: [{name: c,"
                        + " image: i, envFrom: [{configMapRef: {name: a}}]}]}}";
        return new KubeReader()
                .read(
                        List.of(Source.of("p.yaml", pod.getBytes(UTF_8))),
                        List.of(Source.of("c.yaml", file.getBytes(UTF_8))),
                        PlayOptions.DEFAULT);
    }

    @Test
    void takesConfigMapsOfOtherFiles() {
        var map = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: v}}";
        var container = withFile(map).pods().getFirst().containers().getFirst();
        assertThat(container.process().env().getFirst().value()).isEqualTo("v");
        assertThatThrownBy(() -> withFile(map + "\n---\n" + map))
                .hasMessageContaining("there is already a ConfigMap a at c.yaml:1");
        assertThatThrownBy(() -> withFile(map.replace("ConfigMap", "Secret")))
                .hasMessageContaining("must be ConfigMap in a file of --configmap, was 'Secret'");
    }

    @Test
    void namesWhatADownTakesAway() {
        var names =
                new KubeReader()
                        .names(
                                List.of(
                                        Source.of(
                                                "s.yaml",
                                                "{apiVersion: v1, kind: Secret, metadata: {name: a}}"
                                                        .getBytes(UTF_8))));
        assertThat(names.secrets()).containsExactly("a");
        assertThat(names.workloads()).isEmpty();
    }
}
