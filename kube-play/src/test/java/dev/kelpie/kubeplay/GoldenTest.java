package dev.kelpie.kubeplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Each folder of the golden files is a case: YAML files (and `options.txt`, the `--validate` mode)
/// in, what the user gets out. `-Dkelpie.update=true` writes what is got as what is expected.
class GoldenTest {

    private static final Path CASES = Path.of("src/test/resources/dev/kelpie/kubeplay");

    @TestFactory
    List<DynamicTest> readsAsExpected() throws IOException {
        try (var folders = Files.list(CASES)) {
            return folders.sorted()
                    .map(folder -> DynamicTest.dynamicTest(name(folder), () -> check(folder)))
                    .toList();
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }

    private static void check(Path folder) throws IOException {
        var failing = Files.exists(folder.resolve("expected-error.txt"));
        var update = Boolean.getBoolean("kelpie.update");
        var got = failing ? failure(folder) : SpecText.of(play(folder));
        var expected = folder.resolve(failing ? "expected-error.txt" : "expected.json");
        if (update) {
            Files.writeString(expected, got);
        }
        assertThat(got).isEqualTo(Files.readString(expected));
    }

    private static String failure(Path folder) {
        var thrown = catchThrowableOfType(ManifestException.class, () -> play(folder));
        assertThat(thrown).as("the play should have failed").isNotNull();
        return thrown.getMessage() + "\n";
    }

    private static Playable play(Path folder) throws IOException {
        var options = folder.resolve("options.txt");
        var mode = Files.exists(options) ? Files.readString(options).strip() : "STRICT";
        return new KubeReader()
                .read(
                        sources(folder),
                        PlayOptions.DEFAULT.withValidation(Validation.valueOf(mode)));
    }

    private static List<Source> sources(Path folder) throws IOException {
        var sources = new ArrayList<Source>();
        try (Stream<Path> files = Files.list(folder)) {
            for (var file : files.filter(f -> name(f).endsWith(".yaml")).sorted().toList()) {
                sources.add(Source.of(name(file), Files.readAllBytes(file)));
            }
        }
        return sources;
    }
}
