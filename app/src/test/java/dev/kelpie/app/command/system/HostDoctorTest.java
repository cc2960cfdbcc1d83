package dev.kelpie.app.command.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.app.call.Surroundings.HostFact;
import dev.kelpie.runtime.HostFact.Found;
import dev.kelpie.runtime.HostFact.Lacking;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HostDoctorTest {
    private final HostFact there = HostDoctor.row(new Found("conmon", "/usr/bin/conmon"));
    private final HostFact missing =
            HostDoctor.row(new Lacking("netavark", "not installed", "apt-get install x", false));

    @Test
    void showsWhatTheRuntimeFound() {
        assertThat(Check.text(List.of(there, missing), false))
                .isEqualTo(
                        """
                        WHAT      STATE     FOUND            MEND
                        conmon    ok        /usr/bin/conmon
                        netavark  optional  not installed    apt-get install x
                        """);
    }

    @Test
    void showsOnlyWhatIsMissing() {
        assertThat(Check.text(List.of(there, missing), true)).doesNotContain("conmon");
        assertThat(Check.text(List.of(there), true)).isEmpty();
    }
}
