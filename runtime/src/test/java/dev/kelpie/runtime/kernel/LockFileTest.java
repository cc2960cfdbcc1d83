package dev.kelpie.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.LockHeldException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pitfalls 9 and 58.
class LockFileTest {

    @TempDir Path place;

    @Test
    void onlyOneHoldsIt() {
        var file = place.resolve("lock");
        try (var lock = LockFile.take(file)) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(() -> LockFile.take(file))
                    .isInstanceOf(LockHeldException.class)
                    .hasMessage("another process holds lock '" + file + "'");
        }
    }

    @Test
    void aChildThatOutlivesTheHolderDoesNotKeepIt() throws Exception {
        var file = place.resolve("lock");
        Process child;
        try (var lock = LockFile.take(file)) {
            assertThat(lock).isNotNull();
            child = new ProcessBuilder("sleep", "1000").start();
        }
        try (var again = LockFile.take(file)) {
            assertThat(again).isNotNull();
        } finally {
            child.destroyForcibly();
        }
    }
}
