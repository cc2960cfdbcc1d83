package dev.kelpie.app.command.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineFlagsTest {
    private static final Map<String, String> ANN =
            Map.of("HOME", "/home/ann", "XDG_RUNTIME_DIR", "/run/user/7");

    @Test
    void theUsualEngineIsFoundWithoutThem() {
        assertThat(of("/var/lib/kelpie", "/run/kelpie", false)).isEmpty();
        assertThat(of("/home/ann/.local/share/kelpie", "/run/user/7/kelpie", true)).isEmpty();
    }

    @Test
    void eachPlaceThatIsAnotherIsNamed() {
        assertThat(of("/var/lib/kelpie", "/run/x", false)).containsExactly("--runroot", "/run/x");
        assertThat(of("/srv/k", "/run/x", false))
                .containsExactly("--root", "/srv/k", "--runroot", "/run/x");
        assertThat(of("/home/ben/.local/share/kelpie", "/run/user/7/kelpie", true))
                .containsExactly("--root", "/home/ben/.local/share/kelpie");
    }

    private static List<String> of(String root, String runRoot, boolean user) {
        return EngineFlags.of(Path.of(root), Path.of(runRoot), user, ANN);
    }
}
