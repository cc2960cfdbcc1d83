package dev.kelpie.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QosClassTest {

    private static final long GIB = 1L << 30;

    @Test
    void protectsWhoHasAllItMayUse() {
        assertThat(QosClass.GUARANTEED.oomScoreAdj(GIB, 4 * GIB)).isEqualTo(-997);
    }

    @Test
    void ranksOthersByWhatTheyAskFor() {
        assertThat(QosClass.BURSTABLE.oomScoreAdj(GIB, 4 * GIB)).isEqualTo(750);
        assertThat(QosClass.BURSTABLE.oomScoreAdj(0, 4 * GIB)).isEqualTo(999);
        assertThat(QosClass.BURSTABLE.oomScoreAdj(4 * GIB, 4 * GIB)).isEqualTo(3);
        assertThat(QosClass.BEST_EFFORT.oomScoreAdj(0, 4 * GIB)).isEqualTo(1000);
    }
}
