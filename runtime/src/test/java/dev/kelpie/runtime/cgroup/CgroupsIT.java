package dev.kelpie.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.kernel.ProcessIdentity;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CgroupsIT {

    private final Cgroups cgroups = Cgroups.detect();
    private final String top = "/kelpie-test-" + UUID.randomUUID();

    @AfterEach
    void remove() throws InterruptedException {
        assertThat(cgroups.killAll(top)).isTrue();
        cgroups.remove(top);
    }

    private static int sleeper() throws IOException {
        return (int) new ProcessBuilder("sleep", "1000").start().pid();
    }

    /// Pitfalls 27 and 30: a process can join (its cpuset is filled), is counted, killed, and the
    /// groups go.
    @Test
    void holdsAndKillsProcesses() throws Exception {
        cgroups.create(
                top + "/pod",
                ResourceLimits.none()
                        .withMemory(64 << 20)
                        .withMilliCpus(250)
                        .withPids(20)
                        .withCpuShares(512));
        var pid = sleeper();
        cgroups.add(top + "/pod", pid);
        assertThat(cgroups.processes(top)).containsExactly(pid);
        assertThat(cgroups.usage(top + "/pod").orElseThrow().pids()).contains(1L);
        assertThat(cgroups.killAll(top)).isTrue();
        assertThat(ProcessIdentity.of(pid)).isEmpty();
        cgroups.remove(top);
        cgroups.remove(top);
        assertThat(cgroups.exists(top + "/pod")).isFalse();
        assertThat(cgroups.usage(top)).isEmpty();
    }

    @Test
    void limitsCanBeSetAgainUpAndDown() {
        for (long bytes : new long[] {64 << 20, 256 << 20, 32 << 20}) {
            cgroups.create(top, ResourceLimits.none().withMemory(bytes));
        }
        assertThat(cgroups.exists(top)).isTrue();
    }

    @Test
    void refusesPathsThatClimbOut() {
        assertThatThrownBy(() -> cgroups.remove("/../.."))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cgroups.remove("/")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cgroups.create("x", ResourceLimits.none()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
