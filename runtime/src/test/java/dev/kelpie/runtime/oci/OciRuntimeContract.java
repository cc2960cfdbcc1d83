package dev.kelpie.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.ContainerGoneException;
import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.kernel.Signal;
import dev.kelpie.runtime.oci.ContainerState.Status;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/// What every OCI runtime does, the fake one included.
public abstract class OciRuntimeContract {

    /// The runtime under test.
    protected abstract OciRuntime runtime();

    /// Makes a container that would run for long, not started, and gives its id.
    protected abstract String createSleeper() throws Exception;

    private void eventually(Callable<Boolean> condition) throws Exception {
        for (int tries = 0; tries < 2000 && !condition.call(); tries++) {
            Thread.sleep(5);
        }
        assertThat(condition.call()).isTrue();
    }

    private Status status(String id) throws InterruptedException {
        return runtime().state(id).orElseThrow().status();
    }

    @Test
    void aContainerLivesItsLife() throws Exception {
        var id = createSleeper();
        assertThat(status(id)).isEqualTo(Status.CREATED);
        runtime().start(id);
        assertThat(status(id)).isEqualTo(Status.RUNNING);
        assertThat(runtime().kill(id, Signal.KILL, false)).isTrue();
        eventually(() -> status(id) == Status.STOPPED);
        assertThat(runtime().state(id).orElseThrow().pid()).isZero();
        runtime().delete(id, false);
        assertThat(runtime().state(id)).isEmpty();
    }

    @Test
    void killingWhatIsGoneIsAnAnswerNotAnError() throws Exception {
        var id = createSleeper();
        runtime().delete(id, true);
        assertThat(runtime().kill(id, Signal.KILL, false)).isFalse();
        assertThat(runtime().kill(id, Signal.TERM, true)).isFalse();
    }

    @Test
    void forcedDeletionAlwaysConverges() throws Exception {
        var id = createSleeper();
        runtime().start(id);
        runtime().delete(id, true);
        runtime().delete(id, true);
        assertThat(runtime().state(id)).isEmpty();
    }

    @Test
    void deletingOrPausingTheUnknownSaysSo() {
        assertThatThrownBy(() -> runtime().delete("no-such", false))
                .isInstanceOf(ContainerGoneException.class);
        assertThatThrownBy(() -> runtime().pause("no-such"))
                .isInstanceOf(ContainerGoneException.class);
    }

    /// Pitfall 28: what is frozen can be killed.
    @Test
    void aPausedContainerCanBeResumedAndKilled() throws Exception {
        var id = createSleeper();
        runtime().start(id);
        runtime().pause(id);
        assertThat(status(id)).isEqualTo(Status.PAUSED);
        runtime().resume(id);
        assertThat(status(id)).isEqualTo(Status.RUNNING);
        runtime().pause(id);
        assertThat(runtime().kill(id, Signal.KILL, true)).isTrue();
        eventually(() -> status(id) == Status.STOPPED);
    }

    @Test
    void limitsCanBeChanged() throws Exception {
        var id = createSleeper();
        runtime().start(id);
        var limits = ResourceLimits.none().withMemory(128 << 20).withPids(77);
        runtime().update(id, limits, GroupWords.NONE);
        assertThat(status(id)).isEqualTo(Status.RUNNING);
    }
}
