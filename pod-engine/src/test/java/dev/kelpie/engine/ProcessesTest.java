package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.EnvVar;
import dev.kelpie.engine.spec.ProcessSpec;
import dev.kelpie.image.spec.ContainerConfig;
import dev.kelpie.image.spec.ImageCommand;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProcessesTest {

    private static final ContainerConfig IMAGE =
            new ContainerConfig(
                    new ImageCommand(List.of("/entry"), List.of("usual"), List.of()),
                    "app",
                    "/srv",
                    List.of("PATH=/opt/bin", "MODE=image"),
                    Set.of(),
                    Set.of(),
                    Optional.of("SIGINT"),
                    Map.of());

    private static ContainerSpec spec(
            Optional<List<String>> command, Optional<List<String>> args, EnvVar... env) {
        var base = Specs.container("web", "c");
        return new ContainerSpec(
                base.metadata(),
                base.shortName(),
                base.image(),
                new ProcessSpec(
                        command,
                        args,
                        List.of(env),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false,
                        dev.kelpie.engine.spec.LateEnv.NONE),
                base.mounts(),
                base.resources(),
                base.security(),
                base.policy());
    }

    @Test
    void takesEverythingFromTheImageWhenNothingIsAsked() {
        var process = Processes.resolve(spec(Optional.empty(), Optional.empty()), IMAGE);
        assertThat(process.argv()).containsExactly("/entry", "usual");
        assertThat(process.user()).isEqualTo("app");
        assertThat(process.workingDir()).isEqualTo("/srv");
        assertThat(process.stopSignal()).isEqualTo("SIGINT");
    }

    @Test
    void dropsTheImagesArgumentsWithItsCommand() {
        var process =
                Processes.resolve(spec(Optional.of(List.of("/mine")), Optional.empty()), IMAGE);
        assertThat(process.argv()).containsExactly("/mine");
    }

    @Test
    void givesItsArgumentsToTheImagesCommand() {
        var process = Processes.resolve(spec(Optional.empty(), Optional.of(List.of("-v"))), IMAGE);
        assertThat(process.argv()).containsExactly("/entry", "-v");
    }

    @Test
    void letsTheUsersVariablesWinOverTheImages() {
        var process =
                Processes.resolve(
                        spec(Optional.empty(), Optional.empty(), new EnvVar("MODE", "user")),
                        IMAGE);
        assertThat(process.env()).containsExactly("PATH=/opt/bin", "container=kelpie", "MODE=user");
    }

    @Test
    void variablesOfTheImageAreTakenAwayAndMerged() {
        var process =
                Processes.resolve(
                        spec(
                                Optional.empty(),
                                Optional.empty(),
                                new EnvVar("MODE", "", EnvVar.How.TAKEN_AWAY),
                                new EnvVar("PATH", "${PATH}:/x:$NONE", EnvVar.How.MERGED)),
                        IMAGE);
        assertThat(process.env()).containsExactly("PATH=/opt/bin:/x:", "container=kelpie");
    }

    @Test
    void whatTheRuntimeWouldSetIsNamedWhenItShallNotBe() {
        var process =
                Processes.resolve(
                        spec(
                                Optional.empty(),
                                Optional.empty(),
                                new EnvVar(EnvVar.ALL, "", EnvVar.How.TAKEN_AWAY),
                                new EnvVar("A", "1")),
                        IMAGE);
        assertThat(process.env()).containsExactly("PATH", "TERM", "container", "A=1");
    }

    @Test
    void refusesAContainerWithNothingToRun() {
        assertThatThrownBy(() ->
                        Processes.resolve(
                                spec(Optional.empty(), Optional.empty()), ContainerConfig.EMPTY))
                .hasMessageContaining("web-c")
                .hasMessageContaining("no command or entrypoint");
    }

    @Test
    void aGroupByItselfGoesWithTheImagesUser() {
        assertThat(Processes.user(Optional.of(":5"), "app:7")).isEqualTo("app:5");
        assertThat(Processes.user(Optional.of(":5"), "")).isEqualTo(":5");
        assertThat(Processes.user(Optional.of("3"), "app:7")).isEqualTo("3");
        assertThat(Processes.user(Optional.empty(), "app:7")).isEqualTo("app:7");
    }
}
