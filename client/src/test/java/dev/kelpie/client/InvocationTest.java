package dev.kelpie.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InvocationTest {
    @Test
    void takesItsFlagsFromBeforeTheSubcommand() {
        var invocation = parse("--root", "/r", "--log-level=debug", "--runroot=/rr", "ps", "-a");

        assertThat(invocation.root()).isEqualTo("/r");
        assertThat(invocation.runRoot()).isEqualTo("/rr");
        assertThat(invocation.words()).containsExactly("--log-level=debug", "ps", "-a");
    }

    @Test
    void leavesFlagsOfTheSubcommandAlone() {
        var invocation = parse("run", "--root", "/r", "image", "--url", "u");

        assertThat(invocation.root()).isEmpty();
        assertThat(invocation.words())
                .containsExactly("run", "--root", "/r", "image", "--url", "u");
    }

    @Test
    void doesNotTakeAFlagsValueForTheSubcommand() {
        var invocation = parse("--storage-driver", "overlay", "--root", "/r", "ps");

        assertThat(invocation.root()).isEqualTo("/r");
        assertThat(invocation.words()).containsExactly("--storage-driver", "overlay", "ps");
    }

    @Test
    void followsTheEnvironmentUnlessToldOtherwise() {
        var environment = Map.of("KELPIE_ROOT", "/env", "KELPIE_RUNROOT", "/run/env");
        var invocation = Invocation.parse(List.of("--root", "/flag", "ps"), environment);

        assertThat(invocation.root()).isEqualTo("/flag");
        assertThat(invocation.runRoot()).isEqualTo("/run/env");
    }

    @Test
    void refusesAFlagWithoutItsValue() {
        assertThatThrownBy(() -> parse("--root")).hasMessage("flag needs an argument: --root");
    }

    @Test
    void keepsWhatItDoesNotKnow() {
        assertThat(parse("--version").words()).containsExactly("--version");
        assertThat(parse().words()).isEmpty();
        assertThat(parse("--", "--root", "x").words()).containsExactly("--", "--root", "x");
    }

    private static Invocation parse(String... arguments) {
        return Invocation.parse(List.of(arguments), Map.of());
    }
}
