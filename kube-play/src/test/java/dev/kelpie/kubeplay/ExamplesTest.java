package dev.kelpie.kubeplay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ExamplesTest {

    @TestFactory
    List<DynamicTest> everyExampleIsReadStrictly() throws IOException {
        try (var files = Files.walk(Path.of("../examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(file -> DynamicTest.dynamicTest(file.toString(), () -> check(file)))
                    .toList();
        }
    }

    private static void check(Path file) throws IOException {
        var source = Source.of(file.toString(), Files.readAllBytes(file));
        assertThat(new KubeReader().read(List.of(source), PlayOptions.DEFAULT).pods()).isNotEmpty();
    }
}
