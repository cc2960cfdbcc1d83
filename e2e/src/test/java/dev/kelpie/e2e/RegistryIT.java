package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Pushing to a real registry, and what strangers make of it: `push`, `login`, `manifest`,
/// `search`.
class RegistryIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static Registry registry;
    private final Kelpie kelpie = ENGINE.kelpie();

    @BeforeAll
    static void start() {
        assumeTrue(
                Host.has("docker-registry") && Host.has("skopeo"),
                "docker-registry and skopeo serve and judge the images");
        registry = Registry.start(ENGINE.kelpie().directory());
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    @Test
    void pushesWhatStrangersCanRead() {
        for (var form : new String[][] {{"oci", "gzip"}, {"oci", "zstd"}, {"v2s2", "gzip"}}) {
            var name = registry.host() + "/box/" + form[0] + form[1] + ":1";
            push(Box.IMAGE, name, "--format", form[0], "--compression-format", form[1]);
            assertThat(pushed()).isEqualTo(registry.digest(name));
            Host.run(
                            "skopeo",
                            "--insecure-policy",
                            "copy",
                            "--src-tls-verify=false",
                            "docker://" + name,
                            "oci:" + kelpie.directory().resolve(form[0] + form[1]))
                    .expect(0);
            kelpie.ok("pull", "-q", "--tls-verify=false", name);
            assertThat(kelpie.ok("run", "--rm", name, "echo", "it runs")).isEqualTo("it runs");
        }
        assertThat(kelpie.ok("search", "--tls-verify=false", registry.host() + "/box"))
                .contains(registry.host() + "/box/ocigzip");
        assertThat(
                        kelpie.ok(
                                "search",
                                "--list-tags",
                                "--tls-verify=false",
                                registry.host() + "/box/ocizstd"))
                .contains("1");
    }

    @Test
    void sendsOnTheVeryBytesThatCame() {
        var first = registry.host() + "/first/box:1";
        push(Box.IMAGE, first);
        kelpie.ok("pull", "-q", "--tls-verify=false", first);
        push(first, registry.host() + "/second/box:2");
        assertThat(pushed())
                .isEqualTo(registry.digest(first))
                .isEqualTo(registry.digest(registry.host() + "/second/box:2"));
    }

    @Test
    void pushesListsWithTheirImages() {
        kelpie.ok("manifest", "create", "localhost/many:1", Box.IMAGE);
        var name = registry.host() + "/many/box:1";
        kelpie.ok("manifest", "push", "-q", "--tls-verify=false", "localhost/many:1", name);
        var raw =
                Host.run("skopeo", "inspect", "--raw", "--tls-verify=false", "docker://" + name)
                        .expect(0);
        assertThat(raw.stdout()).contains("application/vnd.oci.image.index.v1+json");
        kelpie.ok("pull", "-q", "--tls-verify=false", name);
        assertThat(kelpie.ok("run", "--rm", name, "echo", "listed")).isEqualTo("listed");
        assertThat(kelpie.ok("manifest", "rm", "localhost/many:1")).contains("Deleted");
    }

    @Test
    void tellsHowFarItIsOnATerminalOnly() {
        var name = registry.host() + "/seen/box:1";
        for (var verb : new String[] {"push", "pull"}) {
            var words = new String[] {verb, "--tls-verify=false", name};
            if (verb.equals("push")) {
                kelpie.ok("tag", Box.IMAGE, name);
            }
            assertThat(kelpie.runOnTerminal("", words).expect(0).stdout())
                    .contains("Copying blob", "\u001b[2K");
            var piped = kelpie.run(words).expect(0);
            assertThat(piped.stdout() + piped.stderr()).doesNotContain("Copying blob", "\u001b");
            kelpie.ok("rmi", name);
        }
        var build = kelpie.runOnTerminal("", "build", "box");
        assertThat(build.expect(0).stdout()).contains("\u001b[1mSTEP 1/3: FROM scratch");
    }

    @Test
    void showsListsAmongTheImages() {
        kelpie.ok("manifest", "create", "localhost/list:1", Box.IMAGE);
        kelpie.ok("tag", "localhost/list:1", "localhost/again:1");
        assertThat(kelpie.ok("images", "--format", "{{.Repository}}"))
                .contains("localhost/list", "localhost/again");
        kelpie.ok("image", "exists", "localhost/list:1");
        assertThat(kelpie.ok("image", "inspect", "--format", "{{.Id}}", "localhost/list:1"))
                .isEqualTo(kelpie.ok("image", "inspect", "--format", "{{.Id}}", Box.IMAGE));
        assertThat(kelpie.ok("rmi", "localhost/list:1")).doesNotContain("Deleted");
        assertThat(kelpie.ok("rmi", "localhost/again:1")).contains("Untagged", "Deleted");
        assertThat(kelpie.run("image", "exists", "localhost/again:1").exitCode()).isEqualTo(1);
        kelpie.ok("image", "exists", Box.IMAGE);
    }

    @Test
    void keepsCredentialsWherePodmanLooksForThem() throws Exception {
        var file = kelpie.directory().resolve("auth.json");
        var login =
                new String[] {
                    "login",
                    "--authfile",
                    file.toString(),
                    "--tls-verify=false",
                    "-u",
                    "bob",
                    "--password-stdin",
                    registry.host()
                };
        assertThat(kelpie.runWithInput("s3cret\n", login).expect(0).stdout())
                .contains("Login Succeeded!");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        assertThat(
                        Host.run(
                                        "skopeo",
                                        "login",
                                        "--authfile",
                                        file.toString(),
                                        "--get-login",
                                        registry.host())
                                .text())
                .isEqualTo("bob");
        kelpie.ok("logout", "--authfile", file.toString(), registry.host());
        assertThat(
                        kelpie.run(
                                        "login",
                                        "--authfile",
                                        file.toString(),
                                        "--get-login",
                                        registry.host())
                                .exitCode())
                .isEqualTo(125);
    }

    @Test
    void tellsOfLayersAndOfTheDisk() {
        assertThat(kelpie.ok("image", "tree", Box.IMAGE)).contains("Image Layers", Box.IMAGE);
        assertThat(kelpie.ok("system", "df")).contains("Images", "Containers", "Local Volumes");
        assertThat(kelpie.ok("system", "check", "--images")).isEmpty();
    }

    private void push(String image, String to, String... flags) {
        var words = new java.util.ArrayList<String>();
        words.addAll(java.util.List.of("push", "-q", "--tls-verify=false", "--digestfile"));
        words.add(digestFile().toString());
        words.addAll(java.util.List.of(flags));
        words.addAll(java.util.List.of(image, to));
        kelpie.ok(words.toArray(String[]::new));
    }

    private String pushed() {
        return Host.read(digestFile()).strip();
    }

    private Path digestFile() {
        return kelpie.directory().resolve("digest");
    }
}
