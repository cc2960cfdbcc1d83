package dev.kelpie.app.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.spec.PodUsers.IdRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubordinateIdsTest {
    @TempDir Path directory;

    private Path table(String text) throws IOException {
        return Files.writeString(directory.resolve("subuid"), text);
    }

    @Test
    void takesAllRangesOfANameOneAfterTheOther() throws IOException {
        var table = table("ann:100000:65536\nbob:1:2\nann:300000:10\nann:x:1\n\n");
        assertThat(SubordinateIds.of(table, "ann"))
                .containsExactly(new IdRange(0, 100_000, 65_536), new IdRange(65_536, 300_000, 10));
    }

    @Test
    void refusesANameThatNothingIsLentTo() throws IOException {
        var table = table("ann:100000:0\n");
        assertThatThrownBy(() -> SubordinateIds.of(table, "ann"))
                .isInstanceOf(FlagException.class)
                .hasMessage("no ids are lent to \"ann\" in " + table);
    }
}
