package dev.kelpie.kubeplay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Puts values of every wrong kind at every place of the manifest that uses everything: whatever
/// comes, the answer is pods or a [ManifestException], even when nothing is validated.
class WrongValuesTest {

    private static final Path MANIFEST =
            Path.of("src/test/resources/dev/kelpie/kubeplay/pod-everything/pod.yaml");

    private final KubeReader reader = new KubeReader();
    private final PlayOptions options = PlayOptions.DEFAULT.withValidation(Validation.IGNORE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text",
                "\"\"",
                "5",
                "1e300",
                "true",
                "null",
                "[]",
                "{}",
                "[[x]]",
                "{a: {b: c}}",
                "[null]",
                "/x:y"
            })
    void areRefusedOrTaken(String value) throws IOException {
        var lines = Files.readAllLines(MANIFEST);
        var unexpected = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            var colon = lines.get(i).indexOf(": ");
            if (colon > 0) {
                var changed = new ArrayList<>(lines);
                changed.set(i, lines.get(i).substring(0, colon) + ": " + value);
                failure(changed).ifPresent(unexpected::add);
            }
        }
        assertThat(unexpected).isEmpty();
    }

    private Optional<String> failure(List<String> lines) {
        try {
            var read = reader.read(List.of(new Source("f", String.join("\n", lines))), options);
            return read.pods().isEmpty() ? Optional.of("no pods") : Optional.empty();
        } catch (NothingToPlayException e) {
            return Optional.empty();
        } catch (ManifestException e) {
            return e.problems().isEmpty() ? Optional.of("no problem") : Optional.empty();
        }
    }
}
