package dev.kelpie.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildProcessTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final MemoryFile out = MemoryFile.create("out");

    private ChildProcess shell(String line, Map<String, String> environment) throws IOException {
        try (var nothing = Fd.devNull()) {
            return ChildProcess.start(
                    List.of("/bin/sh", "-c", line),
                    environment,
                    Path.of("/usr"),
                    List.of(nothing, out.fd(), out.fd()));
        }
    }

    @Test
    void givesTheExitCode() throws Exception {
        assertThat(shell("exit 7", Map.of()).await(LONG)).hasValue(7);
    }

    @Test
    void givesTheSignalThatEndedIt() throws Exception {
        assertThat(shell("kill -TERM $$", Map.of()).await(LONG)).hasValue(128 + Signal.TERM);
    }

    @Test
    void hasTheDirectoryAndEnvironmentThatItWasGiven() throws Exception {
        shell("pwd; echo \"[$WORD]\"; env | wc -l", Map.of("WORD", "grün ü")).await(LONG);
        // WORD, and the PWD that the shell adds
        assertThat(out.text(1000)).isEqualTo("/usr\n[grün ü]\n2\n");
    }

    @Test
    void getsNoOtherDescriptors() throws Exception {
        try (var open = Fd.open(Path.of("/dev/zero"), Fd.O_RDONLY, 0);
                var pipe = PipeEnds.open()) {
            assertThat(open.number()).isNotEqualTo(pipe.reading().number());
            shell("for fd in $(seq 0 999); do [ -e /proc/$$/fd/$fd ] && echo $fd; done", Map.of())
                    .await(LONG);
        }
        // 10 is the shell's own
        assertThat(out.text(1000).lines().filter(fd -> !fd.equals("10")))
                .containsExactly("0", "1", "2");
    }

    @Test
    void ignoresAndBlocksNoSignal() throws Exception {
        shell("grep -E 'Sig(Blk|Ign)' /proc/self/status", Map.of()).await(LONG);
        assertThat(out.text(1000).lines())
                .containsExactly("SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000");
    }

    @Test
    void aMissingProgramIsAnError() {
        assertThatThrownBy(() ->
                        ChildProcess.start(List.of("/no/such"), Map.of(), Path.of("/"), List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/no/such")
                .hasMessageContaining("No such file");
    }

    @Test
    void canBeKilledAndLeavesNoZombie() throws Exception {
        var child = shell("exec sleep 1000", Map.of());
        assertThat(child.await(Duration.ofMillis(1))).isEmpty();
        child.kill();
        assertThat(child.await(LONG)).hasValue(128 + Signal.KILL);
        child.kill();
        assertThat(Path.of("/proc", Integer.toString(child.pid()))).doesNotExist();
    }
}
