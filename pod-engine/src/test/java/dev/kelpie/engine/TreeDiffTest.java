package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.runtime.kernel.RootedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeDiffTest {

    @TempDir Path temp;

    private void file(String path, String content) throws IOException {
        var file = temp.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    }

    private List<String> changes() throws Exception {
        Files.createDirectories(temp.resolve("old"));
        Files.createDirectories(temp.resolve("new"));
        try (var old = RootedDirectory.open(temp.resolve("old"));
                var now = RootedDirectory.open(temp.resolve("new"))) {
            return new TreeDiff(old, now)
                    .changes().stream()
                            .map(change -> change.kind().letter() + " " + change.path())
                            .toList();
        }
    }

    @Test
    void findsNothingInEqualTrees() throws Exception {
        file("old/d/f", "same");
        file("new/d/f", "same");
        assertThat(changes()).isEmpty();
    }

    @Test
    void namesAllThatIsNewAndOnlyTheTopOfWhatIsGone() throws Exception {
        file("old/gone/deep/f", "x");
        file("new/fresh/deep/f", "x");
        assertThat(changes())
                .containsExactly("A /fresh", "A /fresh/deep", "A /fresh/deep/f", "D /gone");
    }

    @Test
    void seesOtherBytesOfTheSameLengthAndTime() throws Exception {
        file("old/d/f", "one");
        file("new/d/f", "two");
        assertThat(changes()).containsExactly("C /d/f");
    }

    @Test
    void aDirectoryChangesWithItsModeAndItsNames() throws Exception {
        file("old/mode/f", "x");
        file("new/mode/f", "x");
        Files.setPosixFilePermissions(
                temp.resolve("new/mode"), PosixFilePermissions.fromString("rwx------"));
        file("old/names/f", "x");
        file("new/names/f", "x");
        file("new/names/g", "x");
        assertThat(changes()).containsExactly("C /mode", "C /names", "A /names/g");
    }

    @Test
    void seesAnotherKindAndAnotherTarget() throws Exception {
        file("old/kind", "x");
        file("new/kind/f", "x");
        Files.createSymbolicLink(temp.resolve("old/link"), Path.of("aa"));
        Files.createSymbolicLink(temp.resolve("new/link"), Path.of("bb"));
        assertThat(changes()).containsExactly("C /kind", "A /kind/f", "C /link");
    }
}
