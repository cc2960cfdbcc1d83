package dev.kelpie.kubeplay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Manifests of honoured fields with any values at all become specs or are refused with a place for
/// each reason; nothing else ever comes of them.
class AnyValueTest {

    /// More with `-Dkelpie.cases=100000`.
    private static final long CASES = Long.getLong("kelpie.cases", 700);

    private static final Path FOLDERS = Path.of("src/test/resources/dev/kelpie/kubeplay");
    private static final List<String> FILES =
            List.of(
                    "claims-and-projections/pod.yaml",
                    "pod-everything/pod.yaml",
                    "workload-kinds/all.yaml");
    private static final List<String> VALUES =
            List.of(
                    "",
                    "0",
                    "-1",
                    "x",
                    "X y",
                    "a/b",
                    "/",
                    "/a:b",
                    "..",
                    "../x",
                    "true",
                    "~",
                    "[]",
                    "{}",
                    "\"\"",
                    "1.5",
                    "99999999999",
                    "1e400",
                    "0x10",
                    "[a, {b: c}]",
                    "{x: y}",
                    "$(A)",
                    "1Mi",
                    "1n",
                    "limits.cpu",
                    "metadata.labels",
                    "'a\\0b'");
    private static final Pattern VALUE = Pattern.compile(": (?=[^\\s{\\[|>])([^,}\\]\\n]*)");

    private final KubeReader reader = new KubeReader();

    @Test
    void becomesASpecOrIsRefusedWithAPlace() throws IOException {
        for (var file : FILES) {
            var text = Files.readString(FOLDERS.resolve(file));
            for (long seed = 0; seed < CASES; seed++) {
                check(file, seed, changed(text, new Random(seed)));
            }
        }
    }

    private static String changed(String text, Random random) {
        var places = new ArrayList<int[]>();
        var matcher = VALUE.matcher(text);
        while (matcher.find()) {
            places.add(new int[] {matcher.start(1), matcher.end(1)});
        }
        var changed = text;
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            var place = places.get(random.nextInt(places.size()));
            if (place[1] <= changed.length()) {
                var value = VALUES.get(random.nextInt(VALUES.size()));
                changed = changed.substring(0, place[0]) + value + changed.substring(place[1]);
            }
        }
        return changed;
    }

    private void check(String file, long seed, String text) {
        try {
            var playable = reader.read(List.of(new Source("pod.yaml", text)), PlayOptions.DEFAULT);
            assertThat(playable.pods()).as("%s, seed %d", file, seed).doesNotContainNull();
        } catch (ManifestException e) {
            assertThat(e.problems())
                    .as("%s, seed %d", file, seed)
                    .allMatch(problem -> !problem.place().file().isEmpty());
        } catch (RuntimeException e) {
            throw new AssertionError(file + ", seed " + seed + ":\n" + text, e);
        }
    }
}
