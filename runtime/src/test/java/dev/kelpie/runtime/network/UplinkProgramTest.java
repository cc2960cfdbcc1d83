package dev.kelpie.runtime.network;

import static dev.kelpie.runtime.network.UplinkProgram.PASTA;
import static dev.kelpie.runtime.network.UplinkProgram.SLIRP4NETNS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class UplinkProgramTest {
    @Test
    void prefersPasta() {
        assertThat(UplinkProgram.choose(Optional.empty(), _ -> true)).contains(PASTA);
    }

    @Test
    void fallsBackToSlirp() {
        assertThat(UplinkProgram.choose(Optional.empty(), SLIRP4NETNS::equals))
                .contains(SLIRP4NETNS);
        assertThat(UplinkProgram.choose(Optional.empty(), _ -> false)).isEmpty();
    }

    @Test
    void takesWhatIsAskedForThoughItIsMissing() {
        assertThat(UplinkProgram.choose(Optional.of("slirp4netns"), PASTA::equals))
                .contains(SLIRP4NETNS);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> UplinkProgram.choose(Optional.of("passt"), _ -> true))
                .hasMessage(
                        "KELPIE_ROOTLESS_NETWORK_CMD must be 'pasta' or 'slirp4netns', was 'passt'");
        assertThat(UplinkProgram.choose(Optional.of(""), _ -> true)).contains(PASTA);
    }
}
