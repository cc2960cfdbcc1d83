package dev.kelpie.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HooksTest {
    private static final Hooks.Hook HOOK =
            new Hooks.Hook("/bin/x", List.of("x"), List.of(), Optional.of(3));

    private static final Hooks HOOKS =
            new Hooks(List.of(), List.of(), List.of(HOOK), List.of(), List.of(), List.of());

    /// A moment without programs must not be named: `StartGate` looks for the name.
    @Test
    void writesTheMomentsThatHaveSome() {
        var json = SpecJson.write(HOOKS);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"createContainer\":[{\"path\":\"/bin/x\",\"args\":[\"x\"],\"timeout\":3}]}");
        assertThat(SpecJson.read(json, Hooks.class)).isEqualTo(HOOKS);
        assertThat(Hooks.NONE.unlessNone()).isEmpty();
    }
}
