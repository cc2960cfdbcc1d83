package dev.kelpie.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CleanPagesTest {

    @Test
    void theCodeOfTheJvmIsGivenBackAndWorksOn() throws IOException {
        var before = residentCode();
        CleanPages.release();
        assertThat(residentCode()).isPositive().isLessThan(before);
    }

    /// Kilobytes of the JVM's code that are mapped.
    private static long residentCode() throws IOException {
        var inCode = false;
        var sum = 0L;
        for (var line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                inCode = line.contains(" r-xp ") && line.endsWith("/libjvm.so");
            } else if (inCode && line.startsWith("Rss:")) {
                sum += Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return sum;
    }
}
