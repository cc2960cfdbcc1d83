package dev.kelpie.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitGroupTest {

    @Test
    void namesTheGroupOfAService() {
        assertThat(UnitGroup.parse("0::/system.slice/web.service\n"))
                .contains("/system.slice/web.service");
    }

    @Test
    void leavesOutGroupsThatAreMadeBelowAService() {
        assertThat(UnitGroup.parse("0::/system.slice/web.service/runtime\n"))
                .contains("/system.slice/web.service");
        assertThat(UnitGroup.parse("0::/system.slice/web.service/.control\n"))
                .contains("/system.slice/web.service");
    }

    @Test
    void findsNoneInALoginSessionNorInAScopeOfAUsersManager() {
        assertThat(UnitGroup.parse("0::/user.slice/user-0.slice/session-3.scope\n")).isEmpty();
        assertThat(
                        UnitGroup.parse(
                                "0::/user.slice/user-1.slice/user@1.service/app.slice/a.scope\n"))
                .isEmpty();
    }

    @Test
    void findsNoneOnVersionOneNorOutsideOfWhatItSees() {
        assertThat(UnitGroup.parse("4:memory:/system.slice/web.service\n")).isEmpty();
        assertThat(UnitGroup.parse("0::/../web.service\n")).isEmpty();
    }
}
