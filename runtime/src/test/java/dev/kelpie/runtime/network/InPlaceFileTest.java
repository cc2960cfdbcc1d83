package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.FileAccessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InPlaceFileTest {

    @TempDir Path folder;

    /// Pitfall 24: bind mounts keep the old inode.
    @Test
    void keepsTheInodeAndLeavesNothingOfALongerText() throws IOException {
        var file = folder.resolve("hosts");
        InPlaceFile.write(file, "a long first text\n");
        var inode = Files.getAttribute(file, "unix:ino");
        InPlaceFile.write(file, "short\n");
        assertThat(file).content().isEqualTo("short\n");
        assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void followsNoLink() throws IOException {
        var victim = Files.writeString(folder.resolve("victim"), "safe");
        var link = Files.createSymbolicLink(folder.resolve("link"), victim);
        assertThatThrownBy(() -> InPlaceFile.write(link, "bad"))
                .isInstanceOf(FileAccessException.class)
                .hasMessageContaining("link");
        assertThat(victim).content().isEqualTo("safe");
    }
}
