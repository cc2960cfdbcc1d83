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
        first = Files.createDirectory(directory.resolve("first"));
        second = Files.createDirectory(directory.resolve("second"));
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
        return Files.writeString(folder.resolve(name + ".yaml"), text);
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
        Files.writeString(first.resolve("x.yaml"), spec);
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
        Files.writeString(first.resolve("broken.json"), "{");
        Files.writeString(first.resolve("readme.txt"), "{");
        assertThat(edits("v/c=a").env()).hasSize(2);
        assertThatThrownBy(() -> edits("w/c=a"))
                .hasMessageContaining("broken.json")
                .hasMessageNotContaining("readme");
    }

    @Test
    void whatAnybodyMayWriteIsNotTrusted() throws IOException {
        var file = write(first, "x", "v/c", "a");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        assertThatThrownBy(() -> edits("v/c=a"))
                .hasMessageContaining("x.yaml: anybody may write to it");
    }

    @Test
    void aHostWithoutSpecsTellsWhatIsMissing() {
        assertThatThrownBy(() -> edits("v/c=a", "nvidia.com/gpu=all"))
                .hasMessage(
                        "setting up CDI devices: unresolvable CDI devices v/c=a,"
                                + " nvidia.com/gpu=all");
    }
}
