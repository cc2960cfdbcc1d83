package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.runtime.kernel.ProcessIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartedProcessTest {

    @TempDir Path folder;

    @Test
    void findsTheOneThatWasStartedWithTheseWords() throws Exception {
        var process = new ProcessBuilder("sh", "-c", "echo; read x", "mark").start();
        try {
            assertThat(process.getInputStream().read()).as("it runs by now").isNotEqualTo(-1);
            var words = List.of("-c", "echo; read x", "mark");
            assertThat(new StartedProcess(pidFile("" + process.pid() + "\n"), words).find())
                    .map(ProcessIdentity::pid)
                    .contains(Math.toIntExact(process.pid()));
            assertThat(new StartedProcess(pidFile("" + process.pid()), List.of("pasta")).find())
                    .as("a pid that is another's by now")
                    .isEmpty();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void takesNothingFromAFileThatIsMissingOrHalfWritten() throws Exception {
        var words = List.of("sleep");
        assertThat(new StartedProcess(folder.resolve("none"), words).find()).isEmpty();
        assertThat(new StartedProcess(pidFile(""), words).find()).isEmpty();
        assertThat(new StartedProcess(pidFile("x1"), words).find()).isEmpty();
    }

    @Test
    void takesWholeWordsThatFollowEachOther() {
        var wanted = new StartedProcess(folder, List.of("aardvark-dns", "--config", "/run/a"));
        assertThat(wanted.isOf("/usr/lib/aardvark-dns\0--config\0/run/a\0run\0")).isTrue();
        assertThat(wanted.isOf("aardvark-dns\0--config\0/run/ab\0run\0")).isFalse();
        assertThat(wanted.isOf("aardvark-dns\0-p\00053\0--config\0/run/a\0")).isFalse();
    }

    private Path pidFile(String text) throws Exception {
        return Files.writeString(folder.resolve("pid"), text);
    }
}
