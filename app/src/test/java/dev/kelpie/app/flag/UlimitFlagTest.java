package dev.kelpie.app.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.spec.Tuning.Ulimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UlimitFlagTest {

    @Test
    void takesOneNumberForBothLimits() {
        assertThat(UlimitFlag.parse("nofile=1024")).isEqualTo(new Ulimit("nofile", 1024, 1024));
        assertThat(UlimitFlag.parse("core=0:unlimited")).isEqualTo(new Ulimit("core", 0, -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nofile", "files=1", "nofile=x", "nofile=5:4", "nofile=-1:4", "core=1:2:3"})
    void refusesWhatIsNoLimit(String word) {
        assertThatThrownBy(() -> UlimitFlag.parse(word))
                .isInstanceOf(FlagException.class)
                .hasMessageContaining("\"" + word + "\"");
    }
}
