package dev.kelpie.kubegenerate.apply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ReadinessTest {
    @Test
    void aDeploymentIsReadyWhenItsOldPodsAreGone() {
        assertThat(deployment("updatedReplicas: 2, replicas: 3, availableReplicas: 2").reached())
                .isFalse();
        assertThat(deployment("updatedReplicas: 2, replicas: 2, availableReplicas: 2").reached())
                .isTrue();
    }

    @Test
    void aDeploymentPastItsDeadlineIsHopeless() {
        var stuck = "conditions: [{type: Progressing, status: %s, reason: %s}]";
        assertThat(deployment(stuck.formatted("\"False\"", "ProgressDeadlineExceeded")).hopeless())
                .hasValue("it makes no progress: its deadline is exceeded");
        assertThat(deployment(stuck.formatted("\"True\"", "ReplicaSetUpdated")).hopeless())
                .isEmpty();
    }

    @Test
    void aStatefulSetIsReadyWhenItIsUpdatedUnlessThatIsDoneByHand() {
        var status = "readyReplicas: 2, updatedReplicas: 1";
        assertThat(of("StatefulSet", "replicas: 2", status).reached()).isFalse();
        assertThat(of("StatefulSet", "replicas: 2, updateStrategy: {type: OnDelete}", status))
                .matches(Readiness::reached);
        var part = "replicas: 2, updateStrategy: {rollingUpdate: {partition: 1}}";
        assertThat(of("StatefulSet", part, status).reached()).isTrue();
    }

    private static Readiness deployment(String status) {
        return of("Deployment", "replicas: 2", status);
    }

    private static Readiness of(String kind, String spec, String status) {
        var text =
                "{apiVersion: apps/v1, kind: %s, metadata: {name: a}, spec: {%s}}"
                        .formatted(kind, spec);
        var object = Objects.parse(text, "-").all().getFirst();
        var other = "{apiVersion: v1, kind: X, metadata: {name: a}, said: {%s}}".formatted(status);
        var said = Objects.parse(other, "-").all().getFirst().get("said");
        object.setAdditionalProperty("status", said);
        return new Readiness(object);
    }
}
