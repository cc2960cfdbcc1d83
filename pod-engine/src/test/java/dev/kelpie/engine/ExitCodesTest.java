package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodesTest {

    @Test
    void failsForAnyContainerWithItsCode() {
        assertThat(ExitCodes.ANY.of(List.of(0, 3, 4))).isEqualTo(3);
        assertThat(ExitCodes.ANY.of(List.of(0, 0))).isZero();
        assertThat(ExitCodes.ANY.of(List.of(-1))).isEqualTo(1);
    }

    @Test
    void failsOnlyWhenAllHave() {
        assertThat(ExitCodes.ALL.of(List.of(0, 3))).isZero();
        assertThat(ExitCodes.ALL.of(List.of(5, 3))).isEqualTo(5);
        assertThat(ExitCodes.ALL.of(List.of())).isZero();
    }

    @Test
    void neverFailsWhenToldSo() {
        assertThat(ExitCodes.NONE.of(List.of(1))).isZero();
    }
}
