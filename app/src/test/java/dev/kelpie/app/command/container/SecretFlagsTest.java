package dev.kelpie.app.command.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.spec.EnvSource;
import dev.kelpie.engine.spec.ProcessSpec;
import dev.kelpie.engine.spec.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SecretFlagsTest {

    private static SecretFlags flags(String... words) {
        var flags = new SecretFlags();
        flags.secrets = List.of(words);
        return flags;
    }

    private static MountFlags.Mounts mounts(String... words) {
        var mounts = new MountFlags.Mounts(new ArrayList<>(), new ArrayList<>());
        flags(words).addFiles(mounts);
        return mounts;
    }

    @Test
    void mountsAFileThatAllMayRead() {
        var mounts = mounts("tok");
        assertThat(mounts.volumes().getFirst().source())
                .isEqualTo(new Volume.SecretFile("tok", 0, 0, 0444));
        assertThat(mounts.mounts().getFirst().mountPath()).isEqualTo("/run/secrets/tok");
        assertThat(mounts.mounts().getFirst().readOnly()).isTrue();
    }

    @Test
    void takesOwnerModeAndPlace() {
        var mounts = mounts("tok,target=/x,uid=1000,gid=5,mode=0600", "tok,target=y,type=mount");
        assertThat(mounts.volumes().getFirst().source())
                .isEqualTo(new Volume.SecretFile("tok", 1000, 5, 0600));
        assertThat(mounts.mounts())
                .extracting(m -> m.mountPath())
                .containsExactly("/x", "/run/secrets/y");
    }

    @Test
    void makesVariablesThatAreFilledLater() {
        var late =
                flags("tok,type=env", "tok,type=env,target=T", "tok")
                        .withVariables(ProcessSpec.FROM_IMAGE)
                        .late();
        assertThat(late.expand()).isFalse();
        assertThat(late.entries())
                .containsExactly(
                        new EnvSource.FromSecret("tok", "tok", Optional.empty(), false),
                        new EnvSource.FromSecret("T", "tok", Optional.empty(), false));
    }

    @Test
    void leavesAProcessWithoutSecretsAsItIs() {
        assertThat(flags("tok").withVariables(ProcessSpec.FROM_IMAGE))
                .isEqualTo(ProcessSpec.FROM_IMAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "type=env|must begin with the name of a secret",
                "tok,type=disk|type must be mount or env, was 'disk'",
                "tok,mode=9|mode must be octal, at most 7777, was '9'",
                "tok,mode=17777|mode must be octal, at most 7777, was '17777'",
                "tok,uid=me|uid must be a number, was 'me'",
                "tok,uid=-1|uid must be a number, was '-1'",
                "tok,type=env,uid=1|uid, gid and mode are for files, not for type=env",
                "tok,type=env,target=a=b|'a=b' cannot name a variable",
                "tok,target=|target must not be empty",
                "tok,ro|unknown option 'ro'"
            })
    void refusesWhatMakesNoSense(String word, String why) {
        assertThatThrownBy(
                        () -> {
                            mounts(word);
                            flags(word).withVariables(ProcessSpec.FROM_IMAGE);
                        })
                .isInstanceOf(FlagException.class)
                .hasMessage("--secret \"" + word + "\": " + why);
    }

    @Test
    void refusesTwoAtOnePlace() {
        assertThatThrownBy(() -> mounts("a,target=/x", "b,target=/x"))
                .hasMessageContaining("duplicate mount destination");
    }
}
