package dev.kelpie.image.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.image.BuildException;
import dev.kelpie.image.Image;
import dev.kelpie.image.Images;
import dev.kelpie.image.registry.RegistrySettings;
import dev.kelpie.image.store.PlainLayerTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepsTest {

    @TempDir Path temp;
    private Path context;
    private Images images;
    private FakeSteps runner;
    private final List<BuildEvent> events = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void open() throws IOException {
        context = Files.createDirectory(temp.resolve("context"));
        images = Images.open(temp.resolve("root"), new PlainLayerTrees(), RegistrySettings.NONE);
        runner = new FakeSteps(Files.createDirectory(temp.resolve("root/scratch")));
        Files.writeString(context.resolve("a.txt"), "A");
    }

    @Test
    void runsACommandInTheShellWithItsVariables() throws Exception {
        build("FROM scratch\nARG WHO=you\nENV GREET=hi\nWORKDIR /w\nUSER 7\nRUN write f x\n");
        var exec = runner.steps.getFirst().exec();
        assertThat(exec.argv()).containsExactly("/bin/sh", "-c", "write f x");
        assertThat(exec.env()).containsExactly("GREET=hi", "WHO=you");
        assertThat(exec.user()).isEqualTo("7");
        assertThat(exec.workingDir()).isEqualTo("/w");
    }

    @Test
    void runsWordsAndOtherShellsAsWritten() throws Exception {
        build("FROM scratch\nRUN [\"a\", \"$B c\"]\nSHELL [\"/bin/ash\", \"-ec\"]\nRUN x\n");
        assertThat(argv(0)).containsExactly("a", "$B c");
        assertThat(argv(1)).containsExactly("/bin/ash", "-ec", "x");
    }

    @Test
    void handsHereDocumentsToTheShellOrTakesThemAsTheScript() throws Exception {
        build(
                """
                FROM scratch
                RUN <<EOF
                one
                # two
                EOF
                RUN cat <<-A <<'B'
                \tx
                \tA
                y
                B
                RUN <<S
                #!/bin/awk -f
                z
                S
                """);
        assertThat(argv(0)).containsExactly("/bin/sh", "-c", "one\n# two\n");
        assertThat(argv(1).getLast()).isEqualTo("cat <<-A <<'B'\nx\nA\ny\nB");
        assertThat(argv(2)).containsExactly("/bin/awk", "-f", "/dev/pipes/S");
    }

    @Test
    void saysWhereAStepFailedAndKeepsWhatWasDoneBefore() throws Exception {
        var text = "FROM scratch\nRUN write one 1\nRUN fail\n";
        assertThatThrownBy(() -> build(text))
                .isInstanceOf(BuildException.class)
                .hasMessageEndingWith("Containerfile:3: RUN exited with 3: 'fail'");
        assertThatThrownBy(() -> build(text)).isInstanceOf(BuildException.class);
        assertThat(runner.steps).as("the first step once only").hasSize(3);
    }

    @Test
    void doesAStepOnceAsLongAsNothingItDependsOnChanges() throws Exception {
        var text = "FROM scratch\nARG V\nCOPY a.txt /\nRUN write f x\n";
        var first = build(text);
        assertThat(build(text).id()).isEqualTo(first.id());
        assertThat(runner.steps).hasSize(1);
        build(request(text).withArguments(Map.of("V", "2")));
        assertThat(runner.steps).as("an argument changed").hasSize(2);
        Files.writeString(context.resolve("a.txt"), "B");
        build(text);
        assertThat(runner.steps).as("a file below changed").hasSize(3);
        build(request(text).withSteps(StepOptions.USUAL.withCache(false)));
        assertThat(runner.steps).as("told to").hasSize(4);
    }

    @Test
    void remembersStepsAcrossServicesUntilTheyArePruned() throws Exception {
        var text = "FROM scratch\nRUN write f x\n";
        build(text);
        images = Images.open(temp.resolve("root"), new PlainLayerTrees(), RegistrySettings.NONE);
        build(text);
        assertThat(runner.steps).hasSize(1);
        assertThat(images.pruneBuilds(false)).as("an image has it").isZero();
        assertThat(images.pruneBuilds(true)).isOne();
        build(text);
        assertThat(runner.steps).hasSize(2);
    }

    @Test
    void forgetsTheStepsUsedLongestAgoWhenTheirLayersTakeTooMuch() throws Exception {
        var first = "FROM scratch AS a\nRUN write f 1\nFROM scratch\nCOPY --from=a /f /g\n";
        var second = first.replace("write f 1", "write f 2");
        build(first);
        build(second);
        var kept = images.storage().cacheUse().bytes();
        assertThat(kept).as("two layers that no image has").isPositive();
        assertThat(images.trimBuilds(kept)).isZero();
        build(first);
        assertThat(runner.steps).hasSize(2);
        assertThat(images.trimBuilds(kept / 2)).isOne();
        build(first);
        assertThat(runner.steps).as("used last, so kept").hasSize(2);
        build(second);
        assertThat(runner.steps).hasSize(3);
    }

    @Test
    void forgetsStepsWithTheImageTheyMade() throws Exception {
        build("FROM scratch\nRUN write f x\n");
        images.remove("app", false, java.util.Set.of());
        assertThat(temp.resolve("root/layers")).isEmptyDirectory();
        assertThat(temp.resolve("root/build-cache")).isEmptyDirectory();
    }

    @Test
    void buildsOnlyTheStagesItNeedsAndCopiesBetweenThem() throws Exception {
        var image =
                build(
                        """
                        FROM scratch AS one
                        RUN write a 1
                        RUN write b 2
                        FROM scratch AS never
                        RUN fail
                        FROM scratch
                        COPY --from=one /a /b /got/
                        COPY --from=0 /a /again
                        """);
        assertThat(image.lowerDirectories().getLast().resolve("got/b")).hasContent("2");
        assertThat(image.lowerDirectories().getFirst().resolve("again")).hasContent("1");
        assertThat(runner.steps).hasSize(2);
    }

    @Test
    void copiesFromAnotherBuildContext() throws Exception {
        var other = Files.createDirectory(temp.resolve("other"));
        Files.writeString(other.resolve("x"), "X");
        Files.writeString(context.resolve("Containerfile"), "FROM scratch\nCOPY --from=more x /\n");
        var sources = BuildSources.of(context);
        var named =
                new BuildSources(
                        context,
                        sources.containerfile(),
                        "Containerfile",
                        Optional.empty(),
                        Map.of("more", other.toString()));
        var image = build(BuildRequest.of(named, List.of("app")));
        assertThat(image.lowerDirectories().getFirst().resolve("x")).hasContent("X");
    }

    @Test
    void copiesHereDocumentsWithVariablesUnlessQuoted() throws Exception {
        var image =
                build(
                        """
                        FROM scratch
                        ENV A=1
                        COPY <<one <<"two" /d/
                        "$A" \\$A
                        one
                        $A
                        two
                        """);
        var top = image.lowerDirectories().getFirst();
        assertThat(top.resolve("d/one")).hasContent("\"1\" $A\n");
        assertThat(top.resolve("d/two")).hasContent("$A\n");
    }

    @Test
    void givesSecretsToTheStepAndToNothingElse() throws Exception {
        var text = "FROM scratch\nRUN --mount=type=secret,id=t,mode=0440 write f x\n";
        var secret = new SecretContent("hidden".getBytes(StandardCharsets.UTF_8));
        var image =
                build(request(text).withSteps(StepOptions.USUAL.withSecrets(Map.of("t", secret))));
        assertThat(runner.steps.getFirst().mounts())
                .containsExactly(new StepMount.Secret(secret, "/run/secrets/t", 0440, 0, 0));
        assertThat(image.config().toString()).doesNotContain("hidden");
        assertThat(runner.steps.getFirst().toString()).doesNotContain("hidden");
    }

    @Test
    void refusesRequiredSecretsThatAreMissingAndPrivilegesThatWereNotAllowed() {
        assertThatThrownBy(
                        () -> build("FROM scratch\nRUN --mount=type=secret,id=t,required=true x\n"))
                .hasMessageContaining("Containerfile:2: secret 't' is required");
        assertThatThrownBy(() -> build("FROM scratch\nRUN --security=insecure x\n"))
                .hasMessageContaining("--allow security.insecure");
        assertThatThrownBy(() -> build("FROM scratch\nRUN --mount=type=odd x\n"))
                .hasMessageContaining("unknown type of --mount: 'odd'");
        assertThatThrownBy(() -> build("FROM scratch\nRUN --what=1 x\n"))
                .hasMessageContaining("RUN does not know the flag '--what'");
    }

    @Test
    void keepsHealthChecksAndDoesOnBuildInTheNextBuildOnly() throws Exception {
        images.build(
                request(
                        """
                        FROM scratch
                        ONBUILD RUN write from-base 1
                        HEALTHCHECK --interval=1m30s --retries=2 CMD test -f /x
                        """,
                        "base"),
                runner,
                events::add);
        assertThat(runner.steps).isEmpty();
        var image = build("FROM base\nCOPY a.txt /\n");
        assertThat(runner.steps).hasSize(1);
        assertThat(image.config().onBuild()).isEmpty();
        var check = image.config().healthCheck().orElseThrow();
        assertThat(check.test()).containsExactly("CMD-SHELL", "test -f /x");
        assertThat(check.interval()).contains(Duration.ofSeconds(90));
        assertThat(check.retries()).contains(2);
    }

    @Test
    void squashesNewLayersIntoOne() throws Exception {
        build(request("FROM scratch\nRUN write base 1\n", "base"));
        var text = "FROM base\nRUN write a 1\nRUN write b 2\nRUN write a 3\n";
        var image =
                build(
                        request(text)
                                .withResult(
                                        ResultOptions.USUAL.withSquash(ResultOptions.Squash.NEW)));
        assertThat(image.manifest().layers()).hasSize(2);
        assertThat(image.lowerDirectories().getFirst().resolve("a")).hasContent("3");
        assertThat(image.lowerDirectories().getFirst().resolve("b")).hasContent("2");
    }

    private List<String> argv(int step) {
        return runner.steps.get(step).exec().argv();
    }

    private Image build(String containerfile) throws IOException, InterruptedException {
        return build(request(containerfile));
    }

    private Image build(BuildRequest request) throws InterruptedException {
        return images.build(request, runner, events::add);
    }

    private BuildRequest request(String containerfile) throws IOException {
        return request(containerfile, "app");
    }

    private BuildRequest request(String containerfile, String tag) throws IOException {
        Files.writeString(context.resolve("Containerfile"), containerfile);
        return BuildRequest.of(context, tag);
    }
}
