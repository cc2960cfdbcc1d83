package dev.kelpie.app.command.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.app.flag.FlagException;
import org.junit.jupiter.api.Test;

class TmpfsMountTest {
    @Test
    void honoursOptionsThatAreSaidToBeFalse() {
        assertThat(words("exec=false,tmpcopyup=false")).isEqualTo("/t:noexec,notmpcopyup");
        assertThat(words("noexec=false,nosuid=false")).isEqualTo("/t:exec,suid");
        assertThat(words("noexec=1,ro=false,sync=false")).isEqualTo("/t:noexec");
        assertThatThrownBy(() -> words("noexec=maybe")).isInstanceOf(FlagException.class);
    }

    @Test
    void leavesNumbersNumbers() {
        assertThat(words("uid=1,gid=0")).isEqualTo("/t:uid=1,gid=0");
    }

    private static String words(String options) {
        return TmpfsMount.of("type=tmpfs,target=/t," + options).words();
    }
}
