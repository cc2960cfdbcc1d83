package dev.kelpie.app.command.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.kubegenerate.GenerateOptions;
import dev.kelpie.kubegenerate.Inventory;
import dev.kelpie.kubegenerate.KubeGenerator;
import dev.kelpie.kubeplay.KubeReader;
import dev.kelpie.kubeplay.PlayOptions;
import dev.kelpie.kubeplay.Playable;
import dev.kelpie.kubeplay.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every example, played and generated, is the stored text, and plays as the example does. A text
/// that differs is left in `target/canonical`.
final class CanonicalTest {
    private static final Path EXAMPLES = Path.of("../examples");
    private static final Path STORED =
            Path.of("src/test/resources/dev/kelpie/app/command/kube/canonical");
    private static final Path MADE = Path.of("target/canonical");
    private static final KubeReader READER = new KubeReader();

    static List<String> examples() throws IOException {
        try (var folders = Files.list(EXAMPLES)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isTheStoredText(String example) throws IOException {
        var played = play(EXAMPLES.resolve(example).resolve("pod.yaml"));
        var inventory = new Inventory(played.pods(), List.of(), played.secrets());
        var generated = KubeGenerator.generate(inventory, GenerateOptions.DEFAULT);
        Files.createDirectories(MADE);
        var made = Files.writeString(MADE.resolve(example + ".yaml"), generated.text());
        var again = play(made);
        assertThat(again.pods()).isEqualTo(played.pods());
        assertThat(again.secrets()).isEqualTo(played.secrets());
        assertThat(made).hasSameTextualContentAs(STORED.resolve(example + ".yaml"));
    }

    private static Playable play(Path file) throws IOException {
        return READER.read(
                Stream.of(new Source(file.toString(), Files.readString(file))).toList(),
                PlayOptions.DEFAULT);
    }
}
