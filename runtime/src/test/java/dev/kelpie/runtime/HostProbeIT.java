package dev.kelpie.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostProbeIT {

    @TempDir Path root;

    /// Pitfall 19: what works is found out by trying, remembered, and nothing is left of the trial.
    @Test
    void findsAllThatTestsNeedAndLeavesNothing() throws Exception {
        var run = Files.createDirectory(root.resolve("run"));
        var facts = new HostProbe(root, run).look();
        assertThat(facts).filteredOn(HostFact.Lacking.class::isInstance).isEmpty();
        assertThat(facts)
                .extracting(HostFact::name)
                .contains("OCI runtime", "cgroups", "overlay", "conmon");
        assertThat(run.resolve("oci/chosen")).exists();
        try (var left = Files.list(run)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("oci");
        }
        assertThat(new HostProbe(root, run).look()).isEqualTo(facts);
    }

    @Test
    void saysHowToMendWhatIsLacking() {
        var lack = new HostLacksException("program 'x' not found", "apt-get install x");
        assertThat(lack).hasMessage("program 'x' not found (apt-get install x)");
        assertThat(lack.problem()).isEqualTo("program 'x' not found");
    }
}
