package dev.kelpie.quadlet.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnitFoldersTest {
    @TempDir private Path temp;
    private Path root;
    private final List<String> log = new ArrayList<>();

    @BeforeEach
    void makeFolders() throws IOException {
        root = temp.toRealPath();
        for (var folder :
                List.of(
                        "run/containers/systemd",
                        "etc/containers/systemd/sub/deep",
                        "etc/containers/systemd/users/1000/mine",
                        "etc/containers/systemd/users/1001",
                        "etc/containers/systemd/users/all",
                        "etc/containers/systemd/users-not",
                        "usr/share/containers/systemd/users/1001",
                        "home/.config/containers/systemd",
                        "runtime/containers/systemd")) {
            Files.createDirectories(root.resolve(folder));
        }
    }

    private List<String> below(List<Path> folders) {
        return folders.stream().map(path -> root.relativize(path).toString()).toList();
    }

    @Test
    void theSystemSearchesItsOwn() {
        assertThat(below(UnitFolders.ofSystem(root, Map.of(), log::add)))
                .containsExactly(
                        "run/containers/systemd",
                        "etc/containers/systemd",
                        "etc/containers/systemd/sub",
                        "etc/containers/systemd/sub/deep",
                        "etc/containers/systemd/users-not",
                        "usr/share/containers/systemd");
    }

    @Test
    void aUserSearchesItsOwnAndWhatIsForAll() {
        var environment =
                Map.of(
                        "XDG_RUNTIME_DIR", root + "/runtime",
                        "HOME", root + "/home");
        assertThat(below(UnitFolders.ofUser(root, environment, 1000, log::add)))
                .containsExactly(
                        "runtime/containers/systemd",
                        "home/.config/containers/systemd",
                        "etc/containers/systemd/users/1000",
                        "etc/containers/systemd/users/1000/mine",
                        "etc/containers/systemd/users",
                        "etc/containers/systemd/users/all",
                        "usr/share/containers/systemd/users/1000",
                        "usr/share/containers/systemd/users");
        assertThat(log).isEmpty();
    }

    @Test
    void aUserWithoutAHomeIsWarned() {
        assertThat(below(UnitFolders.ofUser(root, Map.of(), 7, log::add)).getFirst())
                .isEqualTo("etc/containers/systemd/users/7");
        assertThat(log).singleElement().asString().contains("HOME");
    }

    @Test
    void theEnvironmentReplacesThemAll() {
        var dirs = root + "/run:relative:" + root + "/absent:" + root + "/run";
        var folders = UnitFolders.ofSystem(root, Map.of("QUADLET_UNIT_DIRS", dirs), log::add);
        assertThat(below(folders))
                .containsExactly("run", "run/containers", "run/containers/systemd", "absent");
        assertThat(log).containsExactly("relative not a valid file path");
    }
}
