package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostsFileTest {

    @Test
    void keepsTheOrderOfEntries() {
        var text =
                HostsFile.LOOPBACK
                        .with("10.89.0.2", List.of("web", "web-infra"))
                        .with("1.2.3.4", List.of())
                        .with("192.0.2.1", List.of("db.example"))
                        .toText();
        assertThat(text)
                .isEqualTo(
                        """
                        127.0.0.1\tlocalhost
                        ::1\tlocalhost ip6-localhost ip6-loopback
                        10.89.0.2\tweb web-infra
                        192.0.2.1\tdb.example
                        """);
    }

    @ParameterizedTest
    @CsvSource({"1.2.3, web", "host, web", "1.2.3.4, 'a b'", "1.2.3.4, 'a\nb'", "1.2.3.4, ''"})
    void refusesWhatWouldBreakTheFile(String address, String name) {
        assertThatThrownBy(() -> HostsFile.LOOPBACK.with(address, List.of(name)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
