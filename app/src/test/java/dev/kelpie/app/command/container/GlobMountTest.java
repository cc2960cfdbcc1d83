package dev.kelpie.app.command.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.app.flag.FlagException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GlobMountTest {
    @TempDir Path directory;

    @BeforeEach
    void makeFiles() throws IOException {
        directory = directory.toRealPath();
        for (var name : new String[] {"a/liba.so.1", "a/libb.so.2", "b/liba.so.1", "a/other"}) {
            Files.createDirectories(directory.resolve(name).getParent());
            Files.writeString(directory.resolve(name), "");
        }
    }

    @Test
    void putsWhatFitsBelowTheTarget() {
        assertThat(GlobMount.of(directory.resolve("a/lib*.so.?"), "/lib"))
                .containsExactly(
                        new GlobMount(directory.resolve("a/liba.so.1"), "/lib/liba.so.1"),
                        new GlobMount(directory.resolve("a/libb.so.2"), "/lib/libb.so.2"));
    }

    @Test
    void putsItWhereItIsWithoutATarget() {
        var one = directory.resolve("b/liba.so.1");
        assertThat(GlobMount.of(directory.resolve("b/*"), ""))
                .containsExactly(new GlobMount(one, one.toString()));
        assertThat(GlobMount.of(directory.resolve("*/liba*"), "")).hasSize(2);
    }

    @Test
    void somethingHasToFit() {
        assertThatThrownBy(() -> GlobMount.of(directory.resolve("a/*.none"), "/lib"))
                .isInstanceOf(FlagException.class)
                .hasMessageContaining("no file paths matching glob");
    }
}
