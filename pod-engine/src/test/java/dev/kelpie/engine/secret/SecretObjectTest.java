package dev.kelpie.engine.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.SecretSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretObjectTest {

    private static final SecretSpec SECRET =
            new SecretSpec(
                    Metadata.of("db"),
                    "Opaque",
                    Map.of("user", "YWRtaW4=", "pass", "aHVudGVy"),
                    true);

    @Test
    void bringsTheKeysBack() {
        var keys = SecretObject.keys(SecretObject.write(SECRET)).orElseThrow();
        assertThat(keys).containsOnlyKeys("pass", "user");
        assertThat(new String(keys.get("user"), UTF_8)).isEqualTo("admin");
    }

    @Test
    void writesTheWholeObjectInOneOrder() {
        assertThat(new String(SecretObject.write(SECRET), UTF_8))
                .isEqualTo(
                        "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"db\"},"
                                + "\"type\":\"Opaque\",\"immutable\":true,"
                                + "\"data\":{\"pass\":\"aHVudGVy\",\"user\":\"YWRtaW4=\"}}");
    }

    @Test
    void takesAnObjectOfBase64TextsForKeys() {
        assertThat(SecretObject.keys("{\"a\":\"eA==\"}".getBytes(UTF_8)).orElseThrow())
                .containsOnlyKeys("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "[1]", "{\"a\":1}", "{\"a\":\"no base64!\"}", "{", "\u0000"})
    void knowsThatOtherTextsHaveNoKeys(String text) {
        assertThat(SecretObject.keys(text.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void neverPrintsAValue() {
        assertThat(SECRET.toString()).contains("db", "pass").doesNotContain("aHVudGVy");
    }
}
