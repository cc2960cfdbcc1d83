package dev.kelpie.engine.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.runtime.ContainerStartException;
import dev.kelpie.runtime.ContainerStartException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartFailedExceptionTest {

    @Test
    void namesTheCommandThatTheRuntimeDoesNot() {
        var refused =
                StartFailedException.ofCommand(
                        "web", List.of("/etc", "x"), because("open executable: denied"));
        assertThat(refused)
                .hasMessage(
                        "cannot start container 'web': command '/etc': open executable: denied");
        assertThat(refused.exitCode()).isEqualTo(126);
    }

    @Test
    void doesNotNameItTwice() {
        var refused =
                StartFailedException.ofExec(
                        "web", List.of("/etc"), because("exec: \"/etc\": permission denied"));
        assertThat(refused)
                .hasMessage("cannot exec in container 'web': exec: \"/etc\": permission denied");
    }

    @Test
    void leavesOtherFailuresAlone() {
        var cause = new ContainerStartException(Reason.OTHER, "no room");
        assertThat(StartFailedException.ofCommand("web", List.of("/etc"), cause))
                .hasMessage("cannot start container 'web': no room");
    }

    private static ContainerStartException because(String text) {
        return new ContainerStartException(Reason.NOT_INVOCABLE, text);
    }
}
