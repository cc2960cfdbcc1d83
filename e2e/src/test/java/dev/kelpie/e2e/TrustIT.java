package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `image trust` on real pulls, with signatures that GnuPG and skopeo made.
@OnlyKelpie
class TrustIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final Path HOME = ENGINE.kelpie().directory().resolve("home");
    private static Registry registry;
    private static String name = "";
    private final Kelpie kelpie = ENGINE.kelpie();

    static {
        ENGINE.kelpie().with("HOME", HOME.toString());
        policy();
    }

    @BeforeAll
    static void start() {
        assumeTrue(
                List.of("docker-registry", "skopeo", "gpg", "gpgv").stream().allMatch(Host::has),
                "docker-registry serves the images, skopeo and GnuPG sign them");
        registry = Registry.start(ENGINE.kelpie().directory());
        name = registry.host() + "/team/box:1";
        ENGINE.kelpie().ok("push", "-q", "--tls-verify=false", Box.IMAGE, name);
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
            Host.run("gpgconf", "--homedir", gnupg(), "--kill", "all");
        }
    }

    @AfterEach
    void trustAll() {
        policy();
    }

    /// One of this engine's own, that no other on the host sees.
    private static void policy() {
        Host.write(
                HOME.resolve(".config/containers/policy.json"),
                "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}\n");
    }

    @Test
    void pullsNothingThatIsRejected() {
        kelpie.ok("image", "trust", "set", "-t", "reject", registry.host());
        kelpie.ok("image", "trust", "set", "-t", "accept", registry.host() + "/good");
        assertThat(kelpie.ok("image", "trust", "show"))
                .containsPattern("repository +" + registry.host() + " +reject")
                .containsPattern("repository +" + registry.host() + "/good +accept");
        assertThat(refused()).contains("it rejects this name");
        kelpie.ok("push", "-q", "--tls-verify=false", Box.IMAGE, registry.host() + "/good/box:1");
        kelpie.ok("pull", "-q", "--tls-verify=false", registry.host() + "/good/box:1");
    }

    @Test
    void pullsWhatGnuPgSigned() {
        var directory = kelpie.directory();
        var keys = directory.resolve("ann.asc");
        gpg("--quick-gen-key", "Ann <ann@example.test>", "ed25519", "sign", "never");
        gpg("--armor", "--output", keys.toString(), "--export", "ann@example.test");
        Host.write(
                HOME.resolve(".config/containers/registries.d/here.yaml"),
                "default-docker:\n  lookaside: file://" + directory.resolve("signatures") + "\n");
        kelpie.ok("image", "trust", "set", "-f", keys.toString(), registry.host());
        assertThat(kelpie.ok("image", "trust", "show")).contains("ann@example.test", "signatures");
        assertThat(refused()).contains("there is no signature");
        sign(registry.host() + "/other/box:1", 1);
        assertThat(refused()).contains("a signature is about '" + registry.host() + "/other/box:1");
        sign(name, 2);
        kelpie.ok("pull", "-q", "--tls-verify=false", name);
    }

    @Test
    void pullsWhatSkopeoSignedForSigstore() {
        assumeTrue(
                Host.run("skopeo", "generate-sigstore-key", "--help")
                        .stdout()
                        .contains("--output-prefix"),
                "skopeo from 1.11 on makes keys for sigstore");
        var directory = kelpie.directory();
        var prefix = directory.resolve("key").toString();
        var word = Host.write(directory.resolve("word"), "").toString();
        var attached = directory.resolve("attached");
        Host.write(
                attached.resolve("all.yaml"),
                "default-docker:\n  use-sigstore-attachments: true\n");
        Host.run(
                        "skopeo",
                        "generate-sigstore-key",
                        "--output-prefix=" + prefix,
                        "--passphrase-file=" + word)
                .expect(0);
        var signed = registry.host() + "/signed/box:1";
        kelpie.ok("image", "trust", "set", "-t", "sigstoreSigned", "-f", prefix + ".pub", signed);
        kelpie.ok("push", "-q", "--tls-verify=false", Box.IMAGE, signed);
        assertThat(kelpie.fails(125, "pull", "-q", "--tls-verify=false", signed))
                .contains("there is no signature");
        Host.run(
                        "skopeo",
                        "--insecure-policy",
                        "--registries.d=" + attached,
                        "copy",
                        "--src-tls-verify=false",
                        "--dest-tls-verify=false",
                        "--sign-by-sigstore-private-key=" + prefix + ".private",
                        "--sign-passphrase-file=" + word,
                        "docker://" + signed,
                        "docker://" + signed)
                .expect(0);
        kelpie.ok("pull", "-q", "--tls-verify=false", signed);
    }

    private String refused() {
        return kelpie.fails(125, "pull", "-q", "--tls-verify=false", name);
    }

    private void sign(String about, int number) {
        var manifest =
                Host.run("skopeo", "inspect", "--raw", "--tls-verify=false", "docker://" + name)
                        .expect(0)
                        .stdout();
        var file = Host.write(kelpie.directory().resolve("manifest.json"), manifest);
        var digest = registry.digest(name).replace(':', '=');
        var place =
                Host.write(
                        kelpie.directory()
                                .resolve("signatures/team/box@" + digest)
                                .resolve("signature-" + number),
                        "");
        Running.start(
                        kelpie.directory(),
                        Map.of("GNUPGHOME", gnupg()),
                        List.of(
                                "skopeo",
                                "standalone-sign",
                                file.toString(),
                                about,
                                "ann@example.test",
                                "--output",
                                place.toString()))
                .closeInput()
                .await()
                .expect(0);
    }

    private void gpg(String... words) {
        var line = new ArrayList<>(List.of("gpg", "--homedir", gnupg()));
        line.addAll(List.of("--batch", "--quiet", "--passphrase", ""));
        line.addAll(List.of(words));
        Host.run(line.toArray(String[]::new)).expect(0);
    }

    private static String gnupg() {
        var home = ENGINE.kelpie().directory().resolve("gnupg");
        try {
            if (!Files.exists(home)) {
                Files.createDirectory(
                        home,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return home.toString();
    }
}
