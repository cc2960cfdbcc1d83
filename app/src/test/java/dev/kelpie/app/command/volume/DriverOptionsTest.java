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
        var said = DriverOptions.parse(List.of("o=uid=7,gid=8"), -1, -1);
        assertThat(said.uid()).hasValue(7);
        assertThat(said.gid()).hasValue(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=nfs o=addr=h | type=nfs needs --opt device=",
                "type=-x device=/d | no type of file system",
                "type=tmpfs o=bind | cannot be used with type=tmpfs",
                "size=1g | \"size=1g\" is not supported",
                "device=/srv | needs --opt type=bind",
                "type=bind | needs --opt device=/PATH",
                "type=bind device=srv | must be an absolute path",
                "o=uid=me | o=uid=me is not supported",
                "type=bind device=/srv o=noexec | o=noexec is not supported"
            })
    void refusesWhatItCannotDo(String words, String message) {
        assertThatThrownBy(() -> DriverOptions.parse(List.of(words.split(" ", -1)), -1, -1))
                .isInstanceOf(FlagException.class)
                .hasMessageContaining(message);
    }

    @Test
    void takesFileSystemsToMount() {
        var made = DriverOptions.parse(List.of("type=nfs", "device=:/e", "o=addr=h,ro"), -1, -1);
        assertThat(made.mounts()).isTrue();
        assertThat(made.device()).isEqualTo(":/e");
        assertThat(made.bound()).isEmpty();
        assertThat(made.mountOptions()).containsExactly("addr=h", "ro");
        assertThat(DriverOptions.parse(List.of("type=tmpfs"), 5, -1).device()).isEqualTo("tmpfs");
    }

    @Test
    void refusesAnOwnerForADirectoryOfTheHost() {
        assertThatThrownBy(() -> DriverOptions.parse(List.of("type=bind", "device=/srv"), 7, -1))
                .hasMessageContaining("--uid and --gid");
    }
}
