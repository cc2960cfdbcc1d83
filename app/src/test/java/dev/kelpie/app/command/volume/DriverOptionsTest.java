package dev.kelpie.app.command.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.app.flag.FlagException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DriverOptionsTest {
    @Test
    void takesADirectoryOfTheHost() {
        var made = DriverOptions.parse(List.of("type=none", "device=/srv", "o=bind,ro"), -1, -1);
        assertThat(made.bound()).contains(Path.of("/srv"));
        assertThat(made.readOnly()).isTrue();
        assertThat(made.copies()).isTrue();
    }

    @Test
    void takesAnOwnerForADirectoryOfItsOwn() {
        var made = DriverOptions.parse(List.of("nocopy"), 7, 0);
        assertThat(made.uid()).hasValue(7);
        assertThat(made.gid()).hasValue(0);
        assertThat(made.bound()).isEmpty();
        assertThat(made.copies()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=nfs | type=nfs is not supported",
                "size=1g | \"size=1g\" is not supported",
                "device=/srv | needs --opt type=bind",
                "type=bind | needs --opt device=/PATH",
                "type=bind device=srv | must be an absolute path",
                "o=uid=7 | o=uid=7 is not supported",
                "type=bind device=/srv o=noexec | o=noexec is not supported"
            })
    void refusesWhatItCannotDo(String words, String message) {
        assertThatThrownBy(() -> DriverOptions.parse(List.of(words.split(" ", -1)), -1, -1))
                .isInstanceOf(FlagException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesAnOwnerForADirectoryOfTheHost() {
        assertThatThrownBy(() -> DriverOptions.parse(List.of("type=bind", "device=/srv"), 7, -1))
                .hasMessageContaining("--uid and --gid");
    }
}
