package dev.kelpie.runtime.conmon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SyncLineTest {

    @Test
    void readsThePid() {
        assertThat(SyncLine.parse("{\"data\": 4711 }")).contains(new SyncLine(4711, ""));
    }

    /// Old conmons escape badly: control characters and quotes come through.
    @Test
    void readsMessagesThatAreNoJson() {
        var line = "{\"data\": -1, \"message\": \"exec \\\"/x\\\":\u001f bad\\n\"}";
        assertThat(SyncLine.parse(line)).contains(new SyncLine(-1, "exec \"/x\":\u001f bad"));
    }

    @Test
    void anythingElseIsNoLine() {
        for (var text : List.of("", "hello", "{\"data\": \"x\"}", "{\"message\": \"m\"}")) {
            assertThat(SyncLine.parse(text)).isEmpty();
        }
    }

    /// Pitfall 14: a reused pid is not taken for our conmon.
    @Test
    void tellsConmonsFromStrangers() {
        assertThat(ConmonProcess.isOf(List.of("/usr/bin/conmon", "-c", "abc"), "abc")).isTrue();
        assertThat(ConmonProcess.isOf(List.of("/usr/bin/conmon", "-c", "abd"), "abc")).isFalse();
        assertThat(ConmonProcess.isOf(List.of("vi", "abc"), "abc")).isFalse();
    }
}
