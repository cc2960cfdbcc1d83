package dev.kelpie.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.NewSecret.Collision;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.fault.SecretException;
import dev.kelpie.engine.fault.SecretNotFoundException;
import dev.kelpie.engine.report.PlayReport;
import dev.kelpie.engine.report.PodAction;
import dev.kelpie.engine.report.SecretSummary;
import dev.kelpie.engine.sandbox.EnvFiles;
import dev.kelpie.engine.sandbox.LateEnvironment;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.EnvSource;
import dev.kelpie.engine.spec.LateEnv;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PlaySpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.ProcessSpec;
import dev.kelpie.engine.spec.SecretSpec;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @TempDir Path temporary;
    private FakeEngine engine;
    private Secrets secrets;

    @BeforeEach
    void open() throws InterruptedException {
        engine = FakeEngine.at(temporary);
        secrets = new Secrets(engine.core);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private String create(String name, String content, Collision ifThere)
            throws InterruptedException {
        return secrets.create(
                new NewSecret(name, content.getBytes(UTF_8), Map.of("l", "v"), ifThere));
    }

    private String content(String name) throws InterruptedException {
        return new String(secrets.content(name), UTF_8);
    }

    @Test
    void makesASecretOfTwentyFiveDigits() throws InterruptedException {
        var id = create("db", "hunter2", Collision.REFUSE);
        assertThat(id).matches("[0-9a-f]{25}");
        assertThat(content("db")).isEqualTo("hunter2");
        assertThat(content(id.substring(0, 5))).isEqualTo("hunter2");
        assertThat(secrets.find("db").labels()).containsEntry("l", "v");
    }

    @Test
    void refusesATakenNameUnlessTold() throws InterruptedException {
        var first = create("db", "one", Collision.REFUSE);
        assertThatThrownBy(() -> create("db", "two", Collision.REFUSE))
                .hasMessage("db: secret name in use");
        assertThat(create("db", "two", Collision.KEEP)).isEqualTo(first);
        assertThat(content("db")).isEqualTo("one");
        var second = create("db", "two", Collision.REPLACE);
        assertThat(second).isNotEqualTo(first);
        assertThat(content("db")).isEqualTo("two");
        assertThat(files()).containsExactlyInAnyOrder("key", second);
    }

    private List<String> files() {
        try (var files = Files.list(engine.core.files.secrets())) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a=b", "a,b", "a\nb", "a\u0000b"})
    void refusesNamesThatCannotBe(String name) {
        assertThatThrownBy(() -> create(name, "x", Collision.REFUSE))
                .hasMessageContaining("invalid secret name");
        assertThatThrownBy(() -> create("n".repeat(254), "x", Collision.REFUSE))
                .hasMessageContaining("invalid secret name");
    }

    @Test
    void removesWithTheContent() throws InterruptedException {
        var id = create("db", "x", Collision.REFUSE);
        assertThat(secrets.remove(List.of("db", "nobody"), true))
                .allSatisfy(outcome -> assertThat(outcome.failure()).isEmpty());
        assertThat(files()).doesNotContain(id);
        assertThatThrownBy(() -> secrets.find("db"))
                .isInstanceOf(SecretNotFoundException.class)
                .hasMessage("no secret with name or id \"db\": no such secret");
        assertThat(secrets.remove(List.of("nobody"), false).getFirst().failure()).isPresent();
    }

    @Test
    void sweepsContentsThatACrashLeft() throws Exception {
        var id = create("db", "x", Collision.REFUSE);
        var stray = engine.core.files.secrets().resolve("f".repeat(25));
        Files.createFile(stray);
        Files.createFile(engine.core.files.secrets().resolve(".new-" + id));
        engine = engine.reopened(temporary);
        assertThat(files()).containsExactlyInAnyOrder("key", id);
    }

    private static SecretSpec kube(String name, String value, boolean immutable) {
        var base64 = Base64.getEncoder().encodeToString(value.getBytes(UTF_8));
        return new SecretSpec(Metadata.of(name), "Opaque", Map.of("pass", base64), immutable);
    }

    private PlayReport play(SecretSpec secret, PodSpec... pods) throws InterruptedException {
        return engine.plays.play(
                new PlaySpec(
                        List.of(secret), List.of(), List.of(pods), List.of(), List.of(), List.of()),
                PlayOptions.DEFAULT,
                _ -> {});
    }

    private static PodSpec using(LateEnv late, Volume... volumes) {
        var pod = Specs.pod("web", "a");
        var old = pod.containers().getFirst();
        var p = old.process();
        var process =
                new ProcessSpec(
                        Optional.of(List.of("echo", "$(PASS)")),
                        p.args(),
                        p.env(),
                        p.workingDir(),
                        p.user(),
                        p.terminal(),
                        p.stdin(),
                        late);
        var container =
                new ContainerSpec(
                        old.metadata(),
                        old.shortName(),
                        old.image(),
                        process,
                        old.mounts(),
                        old.resources(),
                        old.security(),
                        old.policy());
        return new PodSpec(
                pod.metadata(),
                List.of(),
                List.of(container),
                List.of(volumes),
                pod.network(),
                pod.sharing(),
                pod.policy(),
                pod.security());
    }

    private static LateEnv fromSecret(String secret, String key, boolean optional) {
        return new LateEnv(
                List.of(
                        new EnvSource.FromSecret("PASS", secret, Optional.of(key), optional),
                        new EnvSource.Value("URL", "db://$(PASS)@host")),
                true);
    }

    @Test
    void keepsAnUnchangedKubernetesSecretAndReplacesAChangedOne() throws InterruptedException {
        var first = play(kube("db", "one", false)).secrets();
        assertThat(play(kube("db", "one", false)).secrets()).isEqualTo(first);
        var second = play(kube("db", "two", false)).secrets();
        assertThat(second).isNotEqualTo(first);
        assertThat(secrets.list()).extracting(SecretSummary::id).isEqualTo(second);
        assertThat(files()).containsExactlyInAnyOrder("key", second.getFirst());
    }

    @Test
    void neverChangesAnImmutableOne() throws InterruptedException {
        play(kube("db", "one", true));
        play(kube("db", "one", true));
        assertThatThrownBy(() -> play(kube("db", "two", true)))
                .hasMessageContaining("cannot remove colliding secret as it is set to immutable");
        assertThatThrownBy(() -> create("db", "two", Collision.REPLACE))
                .hasMessageContaining("immutable");
    }

    @Test
    void takesSecretsBackWithAFailedPlay() throws InterruptedException {
        var first = play(kube("db", "one", false)).secrets();
        engine.runtime.failStartOf("web-a");
        assertThatThrownBy(() -> play(kube("db", "two", false), Specs.pod("web", "a")))
                .isInstanceOf(PodException.class);
        assertThat(secrets.list()).extracting(SecretSummary::id).isEqualTo(first);
        assertThat(files()).containsExactlyInAnyOrder("key", first.getFirst());
    }

    @Test
    void plansWhatAPlayWouldDo() throws InterruptedException {
        play(kube("db", "one", false));
        var specs = List.of(kube("db", "two", false), kube("new", "x", false));
        assertThat(
                        engine.plays
                                .plan(
                                        new PlaySpec(
                                                specs, List.of(), List.of(), List.of(), List.of(),
                                                List.of()),
                                        PlayOptions.DEFAULT)
                                .secrets())
                .extracting(each -> each.name() + " " + each.action())
                .containsExactly("db " + PodAction.REPLACE, "new " + PodAction.CREATE);
    }

    @Test
    void looksForSecretsBeforeAnythingStarts() throws InterruptedException {
        assertThatThrownBy(
                        () -> play(kube("x", "1", false), using(fromSecret("db", "pass", false))))
                .isInstanceOf(SecretException.class)
                .hasMessage(
                        "container 'web-a': cannot set env PASS: no secret with name or id \"db\":"
                                + " no such secret");
        assertThatThrownBy(() -> play(kube("db", "1", false), using(fromSecret("db", "no", false))))
                .hasMessageContaining("cannot set env PASS: secret db has not no key");
        assertThat(engine.runtime.calls()).isEmpty();
        assertThat(secrets.list()).isEmpty();
    }

    private LateEnvironment environment() {
        return new LateEnvironment(
                engine.core.secrets, engine.core.podFacts, new EnvFiles(engine.core.mounts));
    }

    private static PodRow podOf(PodSpec spec) {
        return new PodRow("1d", spec, "", Phase.MADE, true, Instant.EPOCH, "");
    }

    @Test
    void fillsTheEnvironmentAtTheStartOnly() throws InterruptedException {
        var pod = using(fromSecret("db", "pass", false));
        play(kube("db", "hunter2", false), pod);
        var row =
                engine.core.store.now().containers().values().stream()
                        .filter(each -> each.name().equals("web-a"))
                        .findFirst()
                        .orElseThrow();
        assertThat(row.toString()).doesNotContain("hunter2");
        var environment = environment();
        var filled = environment.fill(podOf(pod), row.spec(), row.image().process());
        assertThat(filled.env()).contains("PASS=hunter2", "URL=db://hunter2@host");
        assertThat(filled.argv()).containsExactly("echo", "hunter2");
    }

    @Test
    void leavesOutWhatIsOptionalAndMissing() throws InterruptedException {
        var pod = using(fromSecret("db", "pass", true));
        var spec = pod.containers().getFirst();
        var environment = environment();
        var process =
                new dev.kelpie.engine.report.ResolvedProcess(
                        List.of("echo", "$(PASS)"), List.of(), List.of("A=1"), "/", "", "TERM");
        var filled = environment.fill(podOf(pod), spec, process);
        assertThat(filled.env()).containsExactly("A=1", "URL=db://$(PASS)@host");
        assertThat(filled.argv()).containsExactly("echo", "$(PASS)");
    }

    @Test
    void refusesAVariableThatIsNoText() throws InterruptedException {
        secrets.create(new NewSecret("bin", new byte[] {1, 0, 2}, Map.of(), Collision.REFUSE));
        var late =
                new LateEnv(
                        List.of(new EnvSource.FromSecret("B", "bin", Optional.empty(), false)),
                        false);
        var environment = environment();
        var process =
                new dev.kelpie.engine.report.ResolvedProcess(
                        List.of("x"), List.of(), List.of(), "/", "", "TERM");
        var pod = using(late);
        assertThatThrownBy(() -> environment.fill(podOf(pod), pod.containers().getFirst(), process))
                .hasMessageContaining("is no text that a variable can hold");
    }

    @Test
    void writesAVolumeAndChangesItWhenThePodIsStartedAgain() throws Exception {
        var volume =
                new Volume(
                        "v",
                        new Volume.Secret(
                                "db",
                                List.of(
                                        new Volume.KeyToPath(
                                                "pass", "sub/p", OptionalInt.of(0400))),
                                0644,
                                false));
        var pod = using(LateEnv.NONE, volume);
        play(kube("db", "one", false), pod);
        var id = engine.core.store.now().podNamed("web").orElseThrow().id();
        var file = engine.core.files.secretVolume(id, "v").resolve("sub/p");
        assertThat(file).hasContent("one");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(1);
        assertThat(engine.kernel.mounted).contains(engine.core.files.secretMemory(id));
        play(kube("db", "two", false));
        assertThat(file).hasContent("two");
        engine.pods.stop(List.of("web"), StopOptions.DEFAULT);
        assertThat(file).doesNotExist();
        assertThat(engine.kernel.mounted).doesNotContain(engine.core.files.secretMemory(id));
        engine.pods.start(List.of("web"));
        assertThat(file).hasContent("two");
    }

    @Test
    void mountsNoPlainSecretAsAVolume() throws InterruptedException {
        create("db", "whole", Collision.REFUSE);
        var volume = new Volume("v", new Volume.Secret("db", List.of(), 0644, false));
        assertThatThrownBy(() -> play(kube("x", "1", false), using(LateEnv.NONE, volume)))
                .hasMessageContaining("only secrets created via the kube yaml file are supported");
    }
}
