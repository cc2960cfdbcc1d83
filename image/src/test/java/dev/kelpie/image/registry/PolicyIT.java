package dev.kelpie.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.image.Image;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.store.LayerLab;
import dev.kelpie.image.store.PlainLayerTrees;
import dev.kelpie.image.store.UnpackLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pulls under a policy, from a registry that has signatures as cosign writes them.
class PolicyIT {

    @TempDir Path temp;
    private FakeRegistry registry;
    private OpenPgp.Answer answer = new OpenPgp.Answer(127, "", "", "");
    private ImageStore store;
    private Digest digest = new Digest("0".repeat(64));

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry();
        digest = registry.serve(LayerLab.layer("hello=world"));
        store = ImageStore.open(temp.resolve("root"), new PlainLayerTrees(), UnpackLimits.DEFAULT);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void rejectsBeforeItAsksTheRegistry() throws Exception {
        policy("{\"default\":[{\"type\":\"reject\"}]}");
        assertThatThrownBy(this::pull).hasMessageContaining("it rejects this name");
        assertThat(registry.requests).isEmpty();
        policy(
                "{\"default\":[{\"type\":\"reject\"}],\"transports\":{\"docker\":{\"%s/team\":[{\"type\":\"insecureAcceptAnything\"}]}}}"
                        .formatted(registry.host()));
        assertThat(pull().digest()).isEqualTo(digest);
    }

    @Test
    void takesWhatAKeyOfThePolicySigned() throws Exception {
        var key = key();
        sigstore(key);
        assertThatThrownBy(this::pull).hasMessageContaining("there is no signature for " + digest);
        sign(key, digest, registry.host() + "/team/app");
        assertThat(pull().digest()).isEqualTo(digest);
    }

    @Test
    void refusesSignaturesThatSaySomethingElse() throws Exception {
        var key = key();
        sigstore(key);
        sign(key(), digest, registry.host() + "/team/app");
        assertThatThrownBy(this::pull).hasMessageContaining("by none of the policy's keys");
        sign(key, Digest.of(new byte[0]), registry.host() + "/team/app");
        assertThatThrownBy(this::pull).hasMessageContaining("a signature is for another image");
        sign(key, digest, "other.test/team/app");
        assertThatThrownBy(this::pull)
                .hasMessageContaining("a signature is about 'other.test/team/app'");
        assertThat(store.images()).isEmpty();
    }

    @Test
    void refusesWhatItCannotVerify() throws Exception {
        policy(
                "{\"default\":[{\"type\":\"signedBy\",\"keyType\":\"X509Certificates\",\"keyPath\":\"/k\"}]}");
        assertThatThrownBy(this::pull).hasMessageContaining("cannot be verified here");
        policy("{\"default\":[{\"type\":\"sigstoreSigned\",\"fulcio\":{}}]}");
        assertThatThrownBy(this::pull).hasMessageContaining("'fulcio'");
        policy("{\"default\":[{\"type\":\"whatever\"}]}");
        assertThatThrownBy(this::pull).hasMessageContaining("unknown type 'whatever'");
        policy("{}");
        assertThatThrownBy(this::pull).hasMessageContaining("default is not a list");
        assertThat(registry.requests).isEmpty();
    }

    @Test
    void takesWhatOnlyOneGoodSignatureCovers() throws Exception {
        policy(
                "{\"default\":[{\"type\":\"signedBy\",\"keyType\":\"GPGKeys\",\"keyData\":\"mQ==\"}]}");
        assertThatThrownBy(this::pull).hasMessageContaining("there is no signature for " + digest);
        var place = temp.resolve("sigs/team/app@sha256=" + digest.hex());
        Files.writeString(Files.createDirectories(place).resolve("signature-1"), "x");
        var good = "[GNUPG:] GOODSIG A\n[GNUPG:] VALIDSIG A\n";
        answer = answer(0, good + good, registry.host() + "/team/app:v1");
        assertThatThrownBy(this::pull).hasMessageContaining("cannot be verified");
        answer = answer(0, good + "[GNUPG:] EXPKEYSIG A\n", registry.host() + "/team/app:v1");
        assertThatThrownBy(this::pull).hasMessageContaining("a key that has expired");
        answer = answer(2, good, registry.host() + "/team/app:v1");
        assertThatThrownBy(this::pull).hasMessageContaining("cannot be verified");
        answer = answer(0, good, registry.host() + "/team/app:v2");
        assertThatThrownBy(this::pull).hasMessageContaining("a signature is about");
        answer = answer(0, good, registry.host() + "/team/app");
        assertThatThrownBy(this::pull).hasMessageContaining("a signature is about");
        answer = answer(0, good, registry.host() + "/team/app:v1");
        assertThat(pull().digest()).isEqualTo(digest);
    }

    private OpenPgp.Answer answer(int exitCode, String status, String about) {
        var content =
                """
                {"critical":{"identity":{"docker-reference":"%s"},"image":{"docker-manifest-digest":"%s"},
                 "type":"atomic container signature"},"optional":null}\
                """
                        .formatted(about, digest);
        return new OpenPgp.Answer(exitCode, status, content, "");
    }

    private static KeyPair key() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private void sigstore(KeyPair key) throws IOException {
        var pem =
                "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                        .formatted(
                                Base64.getMimeEncoder()
                                        .encodeToString(key.getPublic().getEncoded()));
        var file = Files.writeString(temp.resolve("key.pub"), pem);
        policy("{\"default\":[{\"type\":\"sigstoreSigned\",\"keyPath\":\"%s\"}]}".formatted(file));
    }

    private void sign(KeyPair key, Digest about, String name) throws Exception {
        var payload =
                """
                {"critical":{"identity":{"docker-reference":"%s"},"image":{"docker-manifest-digest":"%s"},
                 "type":"cosign container image signature"},"optional":null}\
                """
                        .formatted(name, about)
                        .getBytes(StandardCharsets.UTF_8);
        var signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(key.getPrivate());
        signer.update(payload);
        registry.blob(payload);
        var layer =
                "{\"mediaType\":\"application/vnd.dev.cosign.simplesigning.v1+json\",\"digest\":\"%s\",\"size\":%d,\"annotations\":{\"dev.cosignproject.cosign/signature\":\"%s\"}}"
                        .formatted(
                                Digest.of(payload),
                                payload.length,
                                Base64.getEncoder().encodeToString(signer.sign()));
        var config = LayerLab.descriptor("config.v1+json", new byte[0], "");
        registry.manifest(
                "sha256-" + digest.hex() + ".sig",
                "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}".formatted(config, layer),
                "application/vnd.oci.image.manifest.v1+json");
    }

    private void policy(String json) throws IOException {
        Files.writeString(temp.resolve("policy.json"), json);
    }

    private Image pull() throws InterruptedException {
        var none = RegistrySettings.NONE;
        var settings =
                new RegistrySettings(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(temp.resolve("policy.json")),
                        new SignatureSettings(
                                List.of(), Optional.of(temp.resolve("sigs")), (_, _) -> answer),
                        none.helpers());
        return new Puller(store, settings, Duration.ofMillis(1))
                .pull(
                        ImageReference.parse(registry.host() + "/team/app:v1"),
                        PullOptions.DEFAULT.withTlsVerify(false),
                        event -> {});
    }
}
