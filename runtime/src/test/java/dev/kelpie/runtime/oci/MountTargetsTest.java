package dev.kelpie.runtime.oci;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.ContainerStartException;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.spec.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountTargetsTest {

    @TempDir Path root;

    private void requireMount(String source, String target) {
        try (var image = RootedDirectory.open(root)) {
            new MountTargets(image).require(List.of(Mount.bind(Path.of(source), target, false)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/proc",
                "/proc/",
                "/x/../proc",
                "/proc/sys",
                "/proc/self/attr",
                "/proc/sysrq-trigger",
                "/proc/acpi/..",
                "/",
                "/x/.."
            })
    void refusesMountsThatHideWhatIsMasked(String target) {
        assertThatThrownBy(() -> requireMount("/srv", target))
                .isInstanceOf(ContainerStartException.class)
                .hasMessageContaining("at '" + target + "' is refused");
    }

    /// CVE-2021-30465 and CVE-2025-31133 and their kin begin with such a link.
    @Test
    void refusesMountsThatALinkLeadsToTheKernelsFiles() throws IOException {
        Files.createSymbolicLink(root.resolve("data"), Path.of("/proc/sys"));
        Files.createSymbolicLink(root.resolve("way"), Path.of("etc/../sys"));
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
        assertThatThrownBy(() -> requireMount("/srv", "/data")).hasMessageContaining("/proc");
        assertThatThrownBy(() -> requireMount("/srv", "/way/kernel"))
                .hasMessageContaining("a link in the image leads it to '/sys/kernel'");
        assertThatThrownBy(() -> requireMount("/srv", "/loop")).hasMessageContaining("too many");
    }

    @Test
    void refusesAnImageWhoseProcIsALink() throws IOException {
        Files.createSymbolicLink(root.resolve("proc"), Path.of("/tmp"));
        assertThatThrownBy(() -> requireMount("/srv", "/srv"))
                .hasMessage("the image's '/proc' is a link: nothing is mounted there");
    }

    @ParameterizedTest
    @CsvSource({"/proc,/proc", "/sys,/sys", "/x,/proc/cpuinfo", "/x,/sys/fs/cgroup", "/x,/dev/x"})
    void takesMountsThatToolsNeed(String source, String target) {
        assertThatCode(() -> requireMount(source, target)).doesNotThrowAnyException();
    }
}
