package dev.kelpie.kubeplay.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    private static final List<String> WORDS =
            List.of("image", "imagePullPolicy", "env", "envFrom", "hostNetwork", "name");

    @ParameterizedTest
    @CsvSource({
        "Image, image",
        "imgae, image",
        "images, image",
        "imagePulPolicy, imagePullPolicy",
        "image-pull-policy, imagePullPolicy",
        "host_network, hostNetwork",
        "nmae, name"
    })
    void findsTheWordMeant(String written, String meant) {
        assertThat(Spelling.nearest(written, WORDS)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"xyzzy", "replicas", "ports"})
    void doesNotGuessWildly(String written) {
        assertThat(Spelling.nearest(written, WORDS)).isEmpty();
    }

    @Test
    void knowsWordsCutShort() {
        assertThat(Spelling.shortened("environment", List.of("env", "name"))).contains("env");
        assertThat(Spelling.shortened("volume", List.of("volumeMounts", "volumeDevices")))
                .isEmpty();
        assertThat(Spelling.shortened("restart", List.of("restartPolicyRules", "restartPolicy")))
                .contains("restartPolicy");
    }

    @Test
    void doesNotCompareEndlessWords() {
        assertThat(Spelling.nearest("x".repeat(1_000_000), WORDS)).isEmpty();
    }

    @Test
    void countsSwapsOnce() {
        assertThat(Spelling.distance("ab", "ba")).isEqualTo(1);
        assertThat(Spelling.distance("", "abc")).isEqualTo(3);
        assertThat(Spelling.distance("kitten", "sitting")).isEqualTo(3);
    }
}
