package dev.kelpie.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Secrets reach processes, as files and as variables, and are in clear nowhere else: no file of
/// the engine that lies on a disk has one, while a container runs with it and after, also when the
/// service is killed in between.
@OnlyKelpie
class SecretIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final String CLEAR = "open-sesame-7f3a9";
    private static final String POD =
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: vault}
            stringData: {word: %s, other: plain}
            ---
            """
                    + Box.podWith(
                            "safe",
                            """
                            volumes:
                            - name: v
                              secret: {secretName: vault, items: [{key: word, path: a/w, mode: 0400}]}
                            - name: all
                              secret: {secretName: vault}
                            - name: none
                              secret: {secretName: nobody, optional: true}
                            """,
                            Box.containerWith(
                                    "c",
                                    Box.staying(),
                                    """
                                    env:
                                    - name: WORD
                                      valueFrom: {secretKeyRef: {name: vault, key: word}}
                                    - {name: LONG, value: "<$(WORD)>"}
                                    envFrom:
                                    - secretRef: {name: vault}
                                      prefix: V_
                                    volumeMounts:
                                    - {name: v, mountPath: /v}
                                    - {name: all, mountPath: /all}
                                    - {name: none, mountPath: /none}
                                    """));

    private final Kelpie kelpie = ENGINE.kelpie();

    @AfterEach
    void nothingStays() {
        kelpie.removeAll();
        kelpie.ok("secret", "rm", "--all");
        assertNothingInClear();
        assertThat(ourMounts()).isEmpty();
    }

    private static String pod(String word) {
        return POD.formatted(word);
    }

    private String create(String name, String content, String... flags) {
        var words = new ArrayList<>(List.of("secret", "create"));
        words.addAll(List.of(flags));
        words.addAll(List.of(name, "-"));
        return kelpie.runWithInput(content, words.toArray(String[]::new)).expect(0).text();
    }

    private List<String> ourMounts() {
        return Host.read(Path.of("/proc/self/mounts"))
                .lines()
                .filter(line -> line.contains(kelpie.directory().toString()))
                .toList();
    }

    /// Looks through every file of the engine but those in memory.
    private void assertNothingInClear() {
        var inMemory =
                ourMounts().stream()
                        .map(line -> line.split(" "))
                        .filter(fields -> fields[2].equals("tmpfs"))
                        .map(fields -> Path.of(fields[1]))
                        .toList();
        var base64 = Base64.getEncoder().encodeToString(CLEAR.getBytes(UTF_8));
        for (var top : List.of(kelpie.root(), kelpie.runroot())) {
            for (var file : Trees.list(top)) {
                if (inMemory.stream().noneMatch(file::startsWith)) {
                    assertThat(content(file)).as("%s", file).doesNotContain(CLEAR, base64);
                }
            }
        }
    }

    private static String content(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? new String(Files.readAllBytes(file), ISO_8859_1)
                    : "";
        } catch (IOException _) {
            return ""; // gone meanwhile
        }
    }

    private void runWithSecrets(String... flags) {
        var words =
                new ArrayList<>(
                        List.of("run", "-d", "--name", "user", "--secret", "tok", "--secret"));
        words.addAll(List.of("tok,type=env,target=TOKEN"));
        words.addAll(List.of(flags));
        words.addAll(List.of(Box.IMAGE, "sh", "-c", Box.staying()));
        kelpie.ok(words.toArray(String[]::new));
    }

    @Test
    void reachesAProcessAsFileAndVariableAndIsNowhereElse() {
        create("tok", CLEAR);
        runWithSecrets("--secret", "tok,target=/deep/t,uid=1000,gid=100,mode=0400");
        assertThat(kelpie.ok("exec", "user", "cat", "/run/secrets/tok")).isEqualTo(CLEAR);
        assertThat(kelpie.ok("exec", "user", "sh", "-c", "echo $TOKEN")).isEqualTo(CLEAR);
        assertThat(kelpie.ok("exec", "user", "ls", "-ln", "/deep/t"))
                .startsWith("-r--------")
                .contains(" 1000 ", " 100 ");
        kelpie.fails(1, "exec", "user", "sh", "-c", "echo x > /run/secrets/tok");
        assertNothingInClear();
        assertThat(kelpie.ok("inspect", "user"))
                .contains("TOKEN=*******", "\"Name\": \"tok\"")
                .doesNotContain(CLEAR);
        assertThat(kelpie.ok("ps", "-a", "--format", "json")).doesNotContain(CLEAR);
        kelpie.ok("stop", "-t", "0", "user");
        assertThat(ourMounts()).isEmpty();
        assertNothingInClear();
    }

    @Test
    void takesTheNewContentAtTheNextStart() {
        create("tok", "first");
        runWithSecrets();
        create("tok", CLEAR, "--replace");
        assertThat(kelpie.ok("exec", "user", "cat", "/run/secrets/tok")).isEqualTo("first");
        kelpie.ok("restart", "-t", "0", "user");
        assertThat(kelpie.ok("exec", "user", "cat", "/run/secrets/tok")).isEqualTo(CLEAR);
        assertThat(kelpie.ok("exec", "user", "sh", "-c", "echo $TOKEN")).isEqualTo(CLEAR);
        kelpie.ok("secret", "rm", "tok");
        assertThat(kelpie.fails(125, "restart", "-t", "0", "user"))
                .contains("no secret with name or id \"tok\": no such secret");
    }

    @Test
    void goesOnWithoutTheServiceAndComesBackWithIt() {
        create("tok", CLEAR);
        runWithSecrets("--restart", "always");
        kelpie.killService();
        assertThat(kelpie.ok("exec", "user", "sh", "-c", "echo $TOKEN")).isEqualTo(CLEAR);
        assertNothingInClear();
        kelpie.ok("restart", "-t", "0", "user");
        assertThat(kelpie.ok("exec", "user", "sh", "-c", "echo $TOKEN")).isEqualTo(CLEAR);
    }

    @Test
    void playsAKubernetesSecret() {
        var id = kelpie.play(pod(CLEAR)).lines().toList();
        assertThat(id.get(0)).isEqualTo("Secrets:");
        assertThat(id.get(1)).matches("[0-9a-f]{25}");
        assertThat(kelpie.ok("exec", "safe-c", "cat", "/v/a/w", "/all/other"))
                .isEqualTo(CLEAR + "plain");
        assertThat(kelpie.ok("exec", "safe-c", "ls", "-l", "/v/a/w")).startsWith("-r--------");
        assertThat(kelpie.ok("exec", "safe-c", "ls", "/none")).isEmpty();
        assertThat(kelpie.ok("exec", "safe-c", "sh", "-c", "echo $LONG $V_word $V_other"))
                .isEqualTo("<" + CLEAR + "> " + CLEAR + " plain");
        kelpie.fails(1, "exec", "safe-c", "touch", "/all/x");
        assertNothingInClear();
        assertThat(kelpie.ok("inspect", "safe-c") + kelpie.ok("pod", "inspect", "safe"))
                .contains("WORD=*******", "LONG=<$(WORD)>")
                .doesNotContain(CLEAR);
        assertThat(kelpie.play(pod(CLEAR)).lines().toList().get(1)).isEqualTo(id.get(1));
        var down = kelpie.ok("kube", "down", kelpie.manifest(pod(CLEAR)).toString());
        assertThat(down).contains("Secrets removed:\n" + id.get(1) + "\n");
        assertThat(kelpie.ok("secret", "ls", "-q")).isEmpty();
    }

    @Test
    void volumesOfARunningPodChangeWhenAContainerIsStartedAgain() {
        kelpie.play(pod("first"));
        kelpie.play(pod(CLEAR));
        kelpie.ok("restart", "-t", "0", "safe-c");
        assertThat(kelpie.ok("exec", "safe-c", "cat", "/v/a/w")).isEqualTo(CLEAR);
        assertThat(kelpie.ok("exec", "safe-c", "sh", "-c", "echo $WORD")).isEqualTo(CLEAR);
    }

    @Test
    void refusesWhatIsMissingBeforeAnythingStarts() {
        var unknown = pod(CLEAR).replace("secretName: vault}", "secretName: nobody}");
        assertThat(kelpie.playFails(unknown))
                .contains("failed to create volume \"all\"", "no such secret")
                .doesNotContain(CLEAR);
        assertThat(kelpie.playFails(pod(CLEAR).replace("key: word}}", "key: nay}}")))
                .contains("cannot set env WORD: secret vault has not nay key");
        assertThat(kelpie.ok("pod", "ps", "-q") + kelpie.ok("secret", "ls", "-q")).isEmpty();
        assertThat(kelpie.fails(125, "run", "--rm", "--secret", "nobody", Box.IMAGE, "true"))
                .contains("no secret with name or id \"nobody\": no such secret");
    }

    @Test
    void listsInspectsAndRemovesAsPodmanDoes() {
        var id = create("tok", CLEAR, "--label", "team=red");
        assertThat(create("tok", "x", "--ignore")).isEqualTo(id);
        assertThat(kelpie.runWithInput("x", "secret", "create", "tok", "-").expect(125).stderr())
                .contains("tok: secret name in use");
        assertThat(kelpie.ok("secret", "ls", "--noheading"))
                .startsWith(id)
                .contains(" tok ", "file");
        assertThat(kelpie.ok("secret", "ls", "--format", "{{.Name}}", "-f", "name=^t"))
                .isEqualTo("tok");
        assertThat(kelpie.ok("secret", "ls", "-q", "-f", "id=" + id.substring(0, 4))).isEqualTo(id);
        var shown = kelpie.json("secret", "inspect", "tok");
        assertThat(shown.at("/0/Spec/Name").asText()).isEqualTo("tok");
        assertThat(shown.at("/0/Spec/Labels/team").asText()).isEqualTo("red");
        assertThat(shown.toString()).doesNotContain(CLEAR);
        assertThat(kelpie.ok("secret", "inspect", "--pretty", "tok")).contains("Name:", "team=red");
        assertThat(kelpie.ok("secret", "inspect", "--showsecret", "-f", "{{.SecretData}}", "tok"))
                .isEqualTo(CLEAR);
        kelpie.run("secret", "exists", "nobody").expect(1);
        kelpie.ok("secret", "exists", "tok");
        assertThat(kelpie.ok("secret", "rm", "tok")).isEqualTo(id);
        assertThat(kelpie.fails(125, "secret", "rm", "tok")).contains("no such secret");
        kelpie.ok("secret", "rm", "-i", "tok");
        assertThat(kelpie.fails(125, "secret", "inspect", "tok")).contains("no such secret");
    }

    @Test
    void readsFilesAndVariablesAndRefusesOtherDrivers() {
        kelpie.with("MY_TOKEN", CLEAR);
        kelpie.ok("secret", "create", "--env", "a", "MY_TOKEN");
        kelpie.without("MY_TOKEN");
        var file = Host.write(kelpie.directory().resolve("token"), CLEAR).toString();
        kelpie.ok("secret", "create", "b", file);
        for (var name : List.of("a", "b")) {
            assertThat(
                            kelpie.ok(
                                    "secret",
                                    "inspect",
                                    "--showsecret",
                                    "-f",
                                    "{{.SecretData}}",
                                    name))
                    .isEqualTo(CLEAR);
        }
        assertThat(kelpie.fails(125, "secret", "create", "--env", "c", "NOT_THERE"))
                .contains("environment variable NOT_THERE is not set");
        assertThat(kelpie.fails(125, "secret", "create", "-d", "pass", "c", file))
                .contains("secret driver \"pass\" is not supported");
        assertThat(kelpie.fails(125, "secret", "create", "c/d", file))
                .contains("invalid secret name");
        var large = Host.write(kelpie.directory().resolve("large"), "x".repeat(512_000));
        assertThat(kelpie.fails(125, "secret", "create", "c", large.toString()))
                .contains("less than 512000 bytes");
    }

    @Test
    void saysWhenAContentOrTheKeyWasChanged() throws IOException {
        var id = create("tok", CLEAR);
        var file = kelpie.root().resolve("secrets").resolve(id);
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertThat(kelpie.fails(125, "secret", "inspect", "--showsecret", "tok"))
                .contains("cannot decrypt secret \"tok\"")
                .doesNotContain(CLEAR);
        var key = kelpie.root().resolve("secrets/key");
        if (!Files.exists(key)) {
            return; // systemd-creds keeps it
        }
        kelpie.stopService();
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        try {
            assertThat(kelpie.fails(125, "run", "--rm", "--secret", "tok", Box.IMAGE, "true"))
                    .contains("has mode 0644, must have 0600");
        } finally {
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        }
    }

    /// Every kind of step of a play with secrets, in the order they are first passed.
    @TestFactory
    Stream<DynamicTest> playingDiesAt() {
        var log = kelpie.directory().resolve("steps");
        kelpie.ok("system", "service", "--stop");
        kelpie.with("KELPIE_STEP_LOG", log.toString());
        kelpie.play(pod(CLEAR));
        kelpie.stopService();
        kelpie.without("KELPIE_STEP_LOG");
        var steps = Host.read(log).lines().distinct().toList();
        assertThat(steps).contains("play.secret", "secrets.write", "secrets.memory");
        return steps.stream().map(step -> DynamicTest.dynamicTest(step, () -> crash(step)));
    }

    private void crash(String step) {
        kelpie.removeAll();
        kelpie.ok("secret", "rm", "--all");
        kelpie.stopService();
        kelpie.with("KELPIE_CRASH_AT", step);
        kelpie.run("kube", "play", kelpie.manifest(pod(CLEAR)).toString());
        kelpie.without("KELPIE_CRASH_AT");
        if (Files.exists(Path.of("/proc/" + kelpie.servicePid()))) {
            kelpie.killService();
        }
        assertNothingInClear();
        kelpie.ok("ps", "-a");
        assertNothingInClear();
        kelpie.play(pod(CLEAR));
        assertThat(kelpie.ok("exec", "safe-c", "sh", "-c", "cat /v/a/w; echo $WORD"))
                .isEqualTo(CLEAR + CLEAR);
        assertNothingInClear();
        kelpie.ok("kube", "down", kelpie.directory().resolve("pod.yaml").toString());
        assertThat(ourMounts()).isEmpty();
        assertThat(secretFiles()).as("contents left").isEmpty();
    }

    private List<String> secretFiles() {
        try (var files = Files.list(kelpie.root().resolve("secrets"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("key"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
