package dev.kelpie.kubegenerate.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ObjectsTest {
    @Test
    void findsTheImagesOfAllKindsAndOfLists() {
        var text =
                """
                apiVersion: v1
                kind: List
                items:
                - apiVersion: batch/v1
                  kind: CronJob
                  metadata: {name: a}
                  spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: c, image: "x:1"}], initContainers: [{image: "y:2"}]}}}}}
                """;
        assertThat(Objects.parse(text, "-").images()).containsExactly("x:1", "y:2");
    }

    @Test
    void refusesWhatIsNoObject() {
        assertThatThrownBy(() -> Objects.parse("kind: Pod\n---\n- 1\n", "a.yaml"))
                .hasMessage("a.yaml (document 1): apiVersion: required, but missing");
        assertThatThrownBy(() -> Objects.parse("a: {b", "a.yaml"))
                .hasMessageStartingWith("'a.yaml' is no YAML");
        assertThatThrownBy(() -> Objects.parse("", "-"))
                .hasMessage("'-' holds no object: nothing to apply");
        assertThatThrownBy(() -> Objects.parse("{apiVersion: v1, kind: Pod, metadata: {}}", "-"))
                .hasMessageEndingWith("metadata.name: required, but missing");
    }

    @Test
    void refusesWhatUnfoldsWithoutBound() {
        var text =
                new StringBuilder("apiVersion: v1\nkind: X\nmetadata: {name: a}\na0: &a0 [b, b]\n");
        for (int i = 1; i < 40; i++) {
            text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> Objects.parse(text.toString(), "a.yaml"))
                .isInstanceOf(ApplyException.class)
                .hasMessageContaining("a.yaml");
        assertThatThrownBy(() -> Objects.parse("&l {kind: List, items: [*l]}", "a.yaml"))
                .hasMessage("a.yaml (document 1): it is too large, or too deep");
    }

    @Test
    void keepsAsTextWhatIsNoNumberToClusters() {
        var text =
                """
                apiVersion: v1
                kind: X
                metadata: {name: a}
                data: {day: 2024-05-01, port: 22:22, part: 1:2.5, on: true, count: 0x10, half: .5, none: }
                """;
        assertThat(Objects.parse(text, "-").all().getFirst().getAdditionalProperties().get("data"))
                .hasToString(
                        "{day=2024-05-01, port=22:22, part=1:2.5, true=true, count=16, half=0.5,"
                                + " none=null}");
    }
}
