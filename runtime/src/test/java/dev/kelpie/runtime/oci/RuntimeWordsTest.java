package dev.kelpie.runtime.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.runtime.ContainerStartException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pitfall 3: what the runtimes say is all there is to tell failures apart.
class RuntimeWordsTest {

    @ParameterizedTest
    @CsvSource({
        "executable file `/x` not found in $PATH: No such file or directory, NOT_FOUND",
        "exec: \"/x\": stat /x: no such file or directory, NOT_FOUND",
        "open executable: Permission denied, NOT_INVOCABLE",
        "open executable: Operation not permitted, NOT_INVOCABLE",
        "exec: \"/plain\": permission denied, NOT_INVOCABLE",
        "exec /plain: exec format error, NOT_INVOCABLE",
        "cgroups in hybrid mode not supported, OTHER"
    })
    void tellsReasonsApart(String text, Reason reason) {
        assertThat(RuntimeWords.reason(text)).isEqualTo(reason);
    }

    @Test
    void readsTheLastErrorOfALog() {
        var log =
                """
                {"level":"warning","msg":"lowered","time":"t"}
                {"level":"error","msg":"first","time":"t"}
                {"level":"error","msg":"runc create failed: no","time":"t"}
                """;
        assertThat(RuntimeWords.lastError(log)).contains("runc create failed: no");
        assertThat(RuntimeWords.lastError("")).isEmpty();
    }

    @Test
    void takesOffTheLoggersFrame() {
        assertThat(
                        RuntimeWords.plain(
                                "time=\"2026-01-01T00:00:00Z\" level=error msg=\"exec: \\\"/x\\\": bad\"\n"))
                .isEqualTo("exec: \"/x\": bad");
        assertThat(RuntimeWords.plain("2026-01-01T00:00:00.123456Z: it is bad\n"))
                .isEqualTo("it is bad");
    }
}
