package dev.kelpie.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MountTableTest {

    @Test
    void readsMountPointsWithTheirEscapes() {
        var table =
                """
                22 27 0:21 / /proc rw,relatime - proc proc rw
                30 25 0:27 / /mnt/a\\040b\\134c rw shared:1 - tmpfs tmpfs rw
                short line
                """;
        assertThat(MountTable.parse(table))
                .containsExactly(Path.of("/proc"), Path.of("/mnt/a b\\c"));
    }
}
