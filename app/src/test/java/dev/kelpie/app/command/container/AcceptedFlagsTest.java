package dev.kelpie.app.command.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.app.flag.FlagException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptedFlagsTest {
    private static AcceptedFlags exposing(String... ports) {
        var flags = new AcceptedFlags();
        flags.expose = List.of(ports);
        return flags;
    }

    @Test
    void exposesEachPortOfARange() {
        assertThat(exposing("80", "7000-7002/udp").exposed())
                .containsExactly("80/tcp", "7000/udp", "7001/udp", "7002/udp");
    }

    @Test
    void refusesPortsThatThereAreNot() {
        assertThatThrownBy(() -> exposing("80-70").exposed()).isInstanceOf(FlagException.class);
        assertThatThrownBy(() -> exposing("65536").exposed()).isInstanceOf(FlagException.class);
        assertThatThrownBy(() -> exposing("http").requireSense())
                .hasMessageContaining("invalid --expose \"http\"");
    }
}
