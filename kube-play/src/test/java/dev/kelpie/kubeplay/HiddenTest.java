package dev.kelpie.kubeplay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HiddenTest {

    /// `kubectl apply` leaves the whole object in an annotation, which the report would quote.
    @Test
    void keepsValuesOutOfTheReport() {
        var yaml =
                """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: db
                  annotations: {io.podman.annotations.label/a: topsecret}
                  uid: some
                data: {a: dG9wc2VjcmV0}
                stringData: {b: topsecret}
                """;
        var options = PlayOptions.DEFAULT.withValidation(Validation.WARN);
        var played =
                new KubeReader().read(List.of(Source.of("s.yaml", yaml.getBytes(UTF_8))), options);
        assertThat(played.warnings()).hasSize(1);
        assertThat(played.notes().toString() + played.secrets())
                .contains("metadata.uid", "annotations.label")
                .doesNotContain("topsecret", "dG9wc2VjcmV0");
        assertThat(played.secrets().getFirst().content()).containsEntry("b", "dG9wc2VjcmV0");
    }
}
