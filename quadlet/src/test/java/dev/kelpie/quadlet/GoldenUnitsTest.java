package dev.kelpie.quadlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.quadlet.Generator.Calling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Units as people write them, and as they get them wrong: `sound` and `broken` beside this class,
/// with what the generator makes of the first and `quadlet check` says of the second.
final class GoldenUnitsTest {

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(GoldenUnitsTest.class.getResource(name)).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void makesOfSoundUnitsWhatItAlwaysMade() throws IOException {
        var folder = resource("sound");
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        var nowhere = java.io.OutputStream.nullOutputStream();
        new Generator(
                        Arguments.parse(List.of("-dryrun", "-no-kmsg-log")),
                        Map.of("QUADLET_UNIT_DIRS", folder.toString()),
                        new Calling("/g/kelpie-generator", "/usr/bin/kelpie", "1.2", ""),
                        stream,
                        new PrintStream(nowhere, true, StandardCharsets.UTF_8))
                .run();
        var made = out.toString(StandardCharsets.UTF_8).replace(folder.toString(), "FOLDER");
        assertThat(made).isEqualTo(Files.readString(resource("sound.expected")));
    }

    @Test
    void findsNothingWrongWithSoundUnits() {
        assertThat(check(resource("sound"))).isEmpty();
    }

    @Test
    void saysOfBrokenUnitsWhatIsMeantAndWhatToWrite() throws IOException {
        var said = check(resource("broken"));
        assertThat(said).isEqualTo(Files.readString(resource("broken.expected")));
    }

    private static String check(Path folder) {
        var out = new ByteArrayOutputStream();
        var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        new CheckCommand(stream, stream).run(List.of(folder.toString()));
        // files below the working directory are named from there
        return out.toString(StandardCharsets.UTF_8)
                .replace(folder + "/", "")
                .replaceAll("(?m)^\\S*/broken/", "");
    }
}
