package dev.kelpie.engine.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.fault.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CdiRegistryTest {
    @TempDir Path directory;

    private Path first = Path.of("first");
    private Path second = Path.of("second");

    @BeforeEach
    void makeFolders() throws IOException {
        first = folder("first");
        second = folder("second");
    }

    private Path folder(String name) throws IOException {
        return permit(Files.createDirectory(directory.resolve(name)), "rwxr-xr-x");
    }

    /// Whatever the umask of who runs the tests is.
    private static Path permit(Path file, String permissions) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static Path write(Path folder, String name, String text) throws IOException {
        return permit(Files.writeString(folder.resolve(name), text), "rw-r--r--");
    }

    private static Path write(Path folder, String name, String kind, String device)
            throws IOException {
        var said = folder.getFileName() + "-" + name;
        var text =
                """
                cdiVersion: 0.5.0
                kind: %s
                devices: [{name: %s, containerEdits: {env: [BY=%s]}}]
                containerEdits: {env: [ALL=%s]}
                """
                        .formatted(kind, device, said, said);
        return write(folder, name + ".yaml", text);
    }

    private ContainerEdits edits(String... names) {
        return CdiRegistry.read(List.of(first, second, directory.resolve("none")))
                .edits(List.of(names));
    }

    @Test
    void aLaterFolderGoesFirst() throws IOException {
        write(first, "x", "v/c", "a");
        write(second, "y", "v/c", "a");
        write(first, "z", "v/c", "b");
        assertThat(edits("v/c=a").env()).containsExactly("ALL=second-y", "BY=second-y");
        assertThat(edits("v/c=a", "v/c=b").env())
                .containsExactly("ALL=second-y", "BY=second-y", "ALL=first-z", "BY=first-z");
    }

    @Test
    void editsOfASpecComeOnce() throws IOException {
        var spec =
                """
                cdiVersion: 0.5.0
                kind: v/c
                devices:
                - {name: a, containerEdits: {env: [A=1]}}
                - {name: b, containerEdits: {env: [B=1]}}
                containerEdits: {env: [ALL=1]}
                """;
        write(first, "x.yaml", spec);
        assertThat(edits("v/c=b", "v/c=a").env()).containsExactly("ALL=1", "B=1", "A=1");
    }

    @Test
    void twoOfOneFolderHideEachOther() throws IOException {
        write(first, "x", "v/c", "a");
        write(first, "y", "v/c", "a");
        assertThatThrownBy(() -> edits("v/c=a"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("setting up CDI devices: unresolvable CDI devices v/c=a: ")
                .hasMessageContainingAll("is in both", "x.yaml", "y.yaml");
    }

    @Test
    void aBrokenSpecIsInTheWayOfItsOwnDevicesOnly() throws IOException {
        write(first, "x", "v/c", "a");
        write(first, "broken.json", "{");
        write(first, "readme.txt", "{");
        assertThat(edits("v/c=a").env()).hasSize(2);
        assertThatThrownBy(() -> edits("w/c=a"))
                .hasMessageContaining("broken.json")
                .hasMessageNotContaining("readme");
    }

    @Test
    void whatOthersMayWriteIsNotTrusted() throws IOException {
        var file = write(first, "x", "v/c", "a");
        permit(file, "rw-rw-r--");
        assertThatThrownBy(() -> edits("v/c=a"))
                .hasMessageContaining("x.yaml: others may write to it, mode 0664");
        permit(file, "rw-r--rw-");
        assertThatThrownBy(() -> edits("v/c=a"))
                .hasMessageContaining("x.yaml: others may write to it, mode 0646");
        permit(file, "rw-r--r--");
        permit(first, "rwxrwxr-x");
        assertThatThrownBy(() -> edits("v/c=a"))
                .hasMessageContaining("first: others may write to it, mode 0775");
    }

    @Test
    void aLinkIsAsGoodAsWhatItLeadsTo() throws IOException {
        var real = write(second, "real", "v/c", "a");
        Files.createSymbolicLink(first.resolve("x.json"), real);
        Files.createSymbolicLink(first.resolve("away.json"), directory.resolve("away"));
        assertThat(edits("v/c=a").env()).containsExactly("ALL=second-real", "BY=second-real");
    }

    @Test
    void aHostWithoutSpecsTellsWhatIsMissing() {
        assertThatThrownBy(() -> edits("v/c=a", "nvidia.com/gpu=all"))
                .hasMessage(
                        "setting up CDI devices: unresolvable CDI devices v/c=a,"
                                + " nvidia.com/gpu=all");
    }
}
