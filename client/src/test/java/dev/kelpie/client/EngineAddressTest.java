package dev.kelpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineAddressTest {
    private static final Path HERE = Path.of("/work");

    @Test
    void isTheSystemsForRoot() {
        var engine = address(0, Map.of());

        assertThat(engine.root()).hasToString("/var/lib/kelpie");
        assertThat(engine.socket()).hasToString("/run/kelpie/kelpie.sock");
    }

    @Test
    void isInTheXdgDirectoriesForUsers() {
        var engine =
                address(1000, Map.of("HOME", "/home/ann", "XDG_RUNTIME_DIR", "/run/user/1000"));

        assertThat(engine.root()).hasToString("/home/ann/.local/share/kelpie");
        assertThat(engine.runRoot()).hasToString("/run/user/1000/kelpie");
    }

    @Test
    void givesEachRootARunRootOfItsOwn() {
        var one = address(0, Map.of(), "--root", "/one");
        var two = address(0, Map.of(), "--root", "/two");

        assertThat(one.runRoot()).isNotEqualTo(two.runRoot());
        assertThat(one.runRoot().toString()).startsWith("/run/kelpie/roots/");
    }

    @Test
    void takesRelativeRootsFromTheWorkingDirectory() {
        var engine = address(0, Map.of(), "--root", "a/../r", "--runroot", "rr");

        assertThat(engine.root()).hasToString("/work/r");
        assertThat(engine.socket()).hasToString("/work/rr/kelpie.sock");
    }

    @Test
    void keepsTheSocketWithinTheKernelsLimit() {
        var deep = "/tmp/" + "d".repeat(120);
        var one = address(0, Map.of(), "--root", "/one", "--runroot", deep);
        var two = address(0, Map.of(), "--root", "/two", "--runroot", deep);

        assertThat(one.socket().toString()).hasSizeLessThan(108).startsWith("/run/kelpie/sockets/");
        assertThat(one.socket()).isNotEqualTo(two.socket());
    }

    private static EngineAddress address(
            int user, Map<String, String> environment, String... words) {
        return EngineAddress.of(
                Invocation.parse(List.of(words), environment), environment, user, HERE);
    }
}
