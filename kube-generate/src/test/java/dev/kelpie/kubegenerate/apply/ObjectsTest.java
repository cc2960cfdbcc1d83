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
}
