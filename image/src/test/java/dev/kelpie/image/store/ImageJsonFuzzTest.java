package dev.kelpie.image.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.spec.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Whatever a manifest, an index or a configuration says, it is read or refused as a bad image.
/// More rounds: `-Dkelpie.fuzz.rounds=N`.
class ImageJsonFuzzTest {

    private static final int ROUNDS = Integer.getInteger("kelpie.fuzz.rounds", 20_000);

    private static final byte[] LAYER = {1, 2, 3};

    private static final String MANIFEST =
            "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s],\"annotations\":{\"a\":\"b\"}}"
                    .formatted(
                            LayerLab.descriptor("config.v1+json", LAYER, ""),
                            LayerLab.descriptor("layer.v1.tar", LAYER, ",\"annotations\":{}"));

    private static final String INDEX =
            "{\"schemaVersion\":2,\"manifests\":[%s]}"
                    .formatted(
                            LayerLab.descriptor(
                                    "manifest.v1+json",
                                    LAYER,
                                    ",\"platform\":{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v7\"}"));

    private static final String CONFIG =
            """
            {"architecture":"amd64","os":"linux","created":"2024-01-02T03:04:05.6Z","author":"a",
             "config":{"Cmd":["/hello"],"Entrypoint":null,"Env":["A=b"],"User":"1:2","WorkingDir":"/",
              "ExposedPorts":{"80/tcp":{}},"Volumes":{"/v":{}},"Labels":{"l":"m"},"StopSignal":"9",
              "Healthcheck":{"Test":["CMD","x"],"Interval":30000000000,"Retries":3}},
             "history":[{"created":"2024-01-02T03:04:05Z","created_by":"x","empty_layer":true}],
             "rootfs":{"type":"layers","diff_ids":["%s"]}}\
            """
                    .formatted(Digest.of(LAYER));

    private static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "-1",
                    "1e999",
                    "99999999999999999999",
                    "0.5",
                    "\"\"",
                    "\"\\u0000\"",
                    "\"sha256:\"",
                    "\"sha256:../../etc/passwd\"",
                    "\"9999-99-99T99:99:99Z\"",
                    "[]",
                    "{}",
                    "[[[[null]]]]",
                    "{\"a\":{\"b\":[]}}",
                    "[\"x\",1,null]");

    /// A string that is no key, a number, or a word.
    private static final Pattern VALUE =
            Pattern.compile("\"[^\"]*\"(?!\\s*:)|\\d+|null|true|\\[[^\\[\\]]*\\]|\\{[^{}]*\\}");

    @Test
    void readsOrRefusesWhateverItIsGiven() {
        var random = new Random(7);
        for (var round = 0; round < ROUNDS; round++) {
            survives(mutated(MANIFEST, random), json -> ImageJson.manifest(json, "manifest"));
            survives(mutated(INDEX, random), json -> ImageJson.index(json, "index"));
            survives(mutated(CONFIG, random), json -> ConfigJson.parse(json, "configuration"));
        }
    }

    private static void survives(String json, Consumer<byte[]> reader) {
        try {
            reader.accept(json.getBytes(StandardCharsets.UTF_8));
        } catch (BadImageException e) {
            assertThat(e).message().isNotBlank();
        } catch (RuntimeException e) {
            throw new AssertionError("not refused properly: " + json, e);
        }
    }

    private static String mutated(String json, Random random) {
        var text = json;
        for (var i = random.nextInt(3); i >= 0; i--) {
            var places = VALUE.matcher(text).results().toList();
            if (places.isEmpty() || random.nextInt(8) == 0) {
                var at = random.nextInt(text.length());
                text = text.substring(0, at) + (char) random.nextInt(128) + text.substring(at + 1);
            } else {
                var place = places.get(random.nextInt(places.size()));
                text =
                        text.substring(0, place.start())
                                + VALUES.get(random.nextInt(VALUES.size()))
                                + text.substring(place.end());
            }
        }
        return text;
    }
}
