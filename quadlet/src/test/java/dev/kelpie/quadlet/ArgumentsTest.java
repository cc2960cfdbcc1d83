package dev.kelpie.quadlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ArgumentsTest {
    @Test
    void readsFlagsAsSystemdAndPeopleWriteThem() {
        var arguments = Arguments.parse(List.of("--dryrun", "-user=false", "-v", "out", "-x"));
        assertThat(arguments.dryRun()).isTrue();
        assertThat(arguments.verbose()).isTrue();
        assertThat(arguments.user()).isEqualTo(Optional.of(false));
        assertThat(arguments.folders()).containsExactly("out", "-x");
    }

    @Test
    void refusesFlagsThatThereAreNot() {
        assertThatThrownBy(() -> Arguments.parse(List.of("-wat")))
                .hasMessage("flag provided but not defined: -wat");
        assertThatThrownBy(() -> Arguments.parse(List.of("-v=maybe")))
                .hasMessage("invalid boolean value \"maybe\" for -v=maybe");
    }
}
