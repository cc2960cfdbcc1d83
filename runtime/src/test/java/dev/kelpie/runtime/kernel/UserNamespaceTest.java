package dev.kelpie.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserNamespaceTest {

    private static final String ROOTLESS =
            """
                     0       1001          1
                     1     100000      65536
            """;

    @Test
    void theHostsFirstOneMapsAllToThemselves() {
        assertThat(UserNamespace.isWhole("         0          0 4294967295\n")).isTrue();
        assertThat(UserNamespace.isWhole(ROOTLESS)).isFalse();
    }

    @Test
    void idsOfOutsideHaveOtherNumbersInside() {
        assertThat(UserNamespace.here(ROOTLESS, 1001)).isZero();
        assertThat(UserNamespace.here(ROOTLESS, 100_999)).isEqualTo(1000);
        assertThat(UserNamespace.here(ROOTLESS, 0)).isEqualTo(65_534);
        assertThat(UserNamespace.here("0 0 4294967295", -2)).isEqualTo(-2);
    }

    @Test
    void countsItsIds() {
        assertThat(UserNamespace.count(ROOTLESS)).isEqualTo(65_537);
    }
}
