package dev.kelpie.kubeplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Takes the manifest that uses everything and writes each field's name wrongly in turn: each time
/// the message must name the line and the right name.
class TypingErrorsTest {

    private static final Path MANIFEST =
            Path.of("src/test/resources/dev/kelpie/kubeplay/pod-everything/pod.yaml");
    private static final Pattern KEY = Pattern.compile("^([ -]*)([a-zA-Z]{4,}):( .*)?$");

    @TestFactory
    List<DynamicTest> everyMistypedFieldIsReportedWithItsLineAndName() throws IOException {
        var lines = Files.readAllLines(MANIFEST);
        var tests = new ArrayList<DynamicTest>();
        var free = -1;
        for (int i = 0; i < lines.size(); i++) {
            var matcher = KEY.matcher(lines.get(i));
            if (!matcher.matches()) {
                continue;
            }
            var indent = matcher.group(1).length();
            var key = matcher.group(2);
            if (free >= 0 && indent > free) {
                continue;
            }
            // What lies below these has free keys.
            var open =
                    List.of("labels", "annotations", "limits", "requests", "nodeSelector")
                            .contains(key);
            free = open ? indent : -1;
            if (!key.equals("kind")) {
                int line = i;
                tests.add(
                        DynamicTest.dynamicTest(
                                key + " on line " + (i + 1), () -> check(lines, line, key)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(60);
        return tests;
    }

    private static void check(List<String> lines, int line, String key) {
        var mistyped = key.charAt(0) + key.substring(2);
        var changed = new ArrayList<>(lines);
        changed.set(line, lines.get(line).replaceFirst(key, mistyped));
        var source = new Source("pod.yaml", String.join("\n", changed));
        var thrown =
                catchThrowableOfType(
                        ManifestException.class,
                        () -> new KubeReader().read(List.of(source), PlayOptions.DEFAULT));
        assertThat(thrown).isNotNull();
        assertThat(thrown.problems())
                .filteredOn(problem -> problem.message().equals("unknown field"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.place().line()).isEqualTo(line + 1);
                    assertThat(problem.suggestion()).contains("did you mean '" + key + "'?");
                });
    }
}
