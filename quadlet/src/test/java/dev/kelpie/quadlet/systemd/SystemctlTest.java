package dev.kelpie.quadlet.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class SystemctlTest {
    @Test
    void readsTheStatesOfWhatIsLoaded() {
        var output =
                """
                Id=web.service
                LoadState=loaded
                ActiveState=active
                SubState=running

                SubState=dead
                ActiveState=inactive
                Id=gone.service
                LoadState=not-found
                """;
        assertThat(Systemctl.parse(output)).isEqualTo(Map.of("web.service", "active/running"));
    }

    @Test
    void asksForNothingThatWouldSpoilTheOthers() {
        assertThat(Systemctl.isOfOne("web.service")).isTrue();
        assertThat(Systemctl.isOfOne("t@a\\x2db.service")).isTrue();
        assertThat(Systemctl.isOfOne("t@.service")).isFalse();
        assertThat(Systemctl.isOfOne("two words.service")).isFalse();
    }
}
