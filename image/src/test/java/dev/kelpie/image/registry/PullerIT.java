package dev.kelpie.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.BadImageNameException;
import dev.kelpie.image.Image;
import dev.kelpie.image.ImageException;
import dev.kelpie.image.RegistryException;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.spec.Platform;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.store.LayerLab;
import dev.kelpie.image.store.PlainLayerTrees;
import dev.kelpie.image.store.UnpackLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against a registry of our own making that misbehaves on demand.
class PullerIT {

    private static final byte[] LAYER = LayerLab.layer("hello=world");

    @TempDir Path temp;
    private final List<PullEvent> events = new ArrayList<>();
    private FakeRegistry registry;
    private ImageStore store;
    private RegistrySettings settings = RegistrySettings.NONE;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry();
        store = ImageStore.open(temp.resolve("root"), new PlainLayerTrees(), UnpackLimits.DEFAULT);
    }

    @AfterEach
    void stopAndLeaveNothingHalfMade() {
        registry.close();
        assertThat(temp.resolve("root/ingest")).isEmptyDirectory();
        if (store.images().isEmpty()) {
            assertThat(temp.resolve("root/layers")).isEmptyDirectory();
            assertThat(temp.resolve("root/content/blobs/sha256")).isEmptyDirectory();
        }
    }

    @Test
    void fetchesATokenWithTheCredentialsOfTheAuthFile() throws Exception {
        registry.serve(LAYER);
        registry.trouble(this::wantsAToken);
        var auth = temp.resolve("auth.json");
        // bob:secret
        Files.writeString(
                auth,
                "{\"auths\":{\"%s\":{\"auth\":\"Ym9iOnNlY3JldA==\"}}}".formatted(registry.host()));
        settings = new RegistrySettings(List.of(), List.of(), List.of(auth), List.of());
        assertThat(pull().lowerDirectories()).hasSize(1);
        assertThat(registry.requests)
                .filteredOn(r -> r.startsWith("/token"))
                .containsExactly("/token Basic Ym9iOnNlY3JldA==");
    }

    private boolean wantsAToken(com.sun.net.httpserver.HttpExchange exchange, String path)
            throws IOException {
        if (path.equals("/token")) {
            assertThat(exchange.getRequestURI().getQuery())
                    .isEqualTo("service=s&scope=repository:team/app:pull");
            FakeRegistry.send(exchange, 200, "{\"token\":\"t0ken\"}");
            return true;
        }
        if ("Bearer t0ken".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return false;
        }
        exchange.getResponseHeaders()
                .add(
                        "WWW-Authenticate",
                        "Bearer scope=\"repository:team/app:pull\",realm=\"http://%s/token\",service=\"s\""
                                .formatted(registry.host()));
        FakeRegistry.send(exchange, 401, "{}");
        return true;
    }

    @Test
    void saysThatALoginIsWanted() {
        registry.trouble((exchange, path) -> {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
            FakeRegistry.send(
                    exchange,
                    401,
                    "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"authentication required\"}]}");
            return true;
        });
        assertThatThrownBy(this::pull)
                .isInstanceOf(RegistryException.class)
                .hasMessage(
                        "cannot pull '%s': registry '%s' wants a login that works (401): UNAUTHORIZED: authentication required",
                        name(), registry.host())
                .extracting(e -> ((RegistryException) e).status().orElse(0))
                .isEqualTo(401);
    }

    @Test
    void triesAgainWhenTheRegistryIsBusy() throws Exception {
        registry.serve(LAYER);
        var refusals = new AtomicInteger(2);
        registry.trouble((exchange, path) -> {
            if (path.contains("/blobs/") && refusals.getAndDecrement() > 0) {
                FakeRegistry.send(exchange, 503, "busy");
                return true;
            }
            return false;
        });
        assertThat(pull()).isNotNull();
        assertThat(events).filteredOn(PullEvent.Retrying.class::isInstance).hasSize(2);
    }

    @Test
    void givesUpAfterSomeTries() {
        registry.trouble((exchange, path) -> {
            FakeRegistry.send(exchange, 500, "\u001b[31mboom\n\n" + "x".repeat(1000));
            return true;
        });
        assertThatThrownBy(this::pull)
                .hasMessageContaining("answered (500): [31mboom xxx")
                .hasMessageNotContaining("\u001b")
                .message()
                .hasSizeLessThan(600);
    }

    @Test
    void goesOnWhereABrokenDownloadStopped() throws Exception {
        var content = new byte[300_000];
        new Random(1).nextBytes(content);
        registry.serve(LayerLab.tar(tar -> LayerLab.file(tar, "big", content)));
        var broken = new AtomicInteger(1);
        registry.trouble((exchange, path) -> {
            var bytes = registry.content(path);
            if (bytes.length > 100_000 && broken.getAndDecrement() > 0) {
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes, 0, 200_000);
                exchange.getResponseBody().flush();
                throw new IOException("cable pulled");
            }
            return false;
        });
        assertThat(pull().lowerDirectories().getFirst().resolve("big")).hasBinaryContent(content);
        assertThat(events).filteredOn(PullEvent.Retrying.class::isInstance).hasSize(1);
    }

    @Test
    void saysWhenABlobStaysTruncated() {
        registry.serve(LAYER);
        registry.trouble((exchange, path) -> {
            if (path.contains("/blobs/")) {
                FakeRegistry.send(exchange, 200, "too short");
                return true;
            }
            return false;
        });
        assertThatThrownBy(this::pull)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("sent only");
    }

    @Test
    void refusesBlobsAndManifestsThatAreSomethingElse() {
        var digest = registry.serve(LAYER);
        registry.trouble((exchange, path) -> {
            var bytes = registry.content(path);
            if (path.contains("/blobs/")) {
                var other = Arrays.copyOf(bytes, bytes.length);
                other[other.length - 1] ^= 1;
                exchange.sendResponseHeaders(200, other.length);
                exchange.getResponseBody().write(other);
                return true;
            }
            return false;
        });
        assertThatThrownBy(this::pull)
                .isInstanceOf(BadImageException.class)
                .hasMessageContaining("is not what it claims: expected sha256:");
        registry.manifest("x", "{}", "application/json");
        registry.trouble((exchange, path) -> {
            FakeRegistry.send(exchange, 200, "{}");
            return true;
        });
        assertThatThrownBy(() -> pull(registry.host() + "/team/app@" + digest, insecure()))
                .hasMessageContaining(
                        "sent a manifest that is "
                                + Digest.of(new byte[] {'{', '}'})
                                + ", not "
                                + digest);
    }

    @Test
    void choosesThePlatformOfAnIndex() throws Exception {
        var manifest = registry.serve(LAYER);
        var entry =
                "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"%s\",\"size\":%d,\"platform\":{\"os\":\"linux\",\"architecture\":\"s390x\"}}"
                        .formatted(manifest, registry.content("/v2/team/app/manifests/v1").length);
        var index =
                registry.manifest(
                        "multi",
                        "{\"schemaVersion\":2,\"manifests\":[" + entry + "]}",
                        "application/vnd.oci.image.index.v1+json");
        var name = registry.host() + "/team/app:multi";
        assertThatThrownBy(() -> pull(name, insecure().withPlatform(Platform.parse("linux/amd64"))))
                .hasMessageContaining("not offered for linux/amd64, only for linux/s390x");
        var image = pull(name, insecure().withPlatform(Platform.parse("linux/s390x")));
        assertThat(image.digest()).isEqualTo(manifest);
        assertThat(image.repositoryDigests()).contains(registry.host() + "/team/app@" + index);
    }

    @Test
    void keepsCredentialsFromTheHostItIsRedirectedTo() throws Exception {
        registry.serve(LAYER);
        try (var other = new FakeRegistry()) {
            other.serve(LAYER);
            registry.trouble((exchange, path) -> {
                if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                    exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
                    FakeRegistry.send(exchange, 401, "");
                    return true;
                }
                if (path.contains("/blobs/")) {
                    exchange.getResponseHeaders().add("Location", "http://" + other.host() + path);
                    FakeRegistry.send(exchange, 307, "");
                    return true;
                }
                return false;
            });
            pull(name(), insecure().withCredentials(Credentials.Password.parse("bob:secret")));
            assertThat(other.requests).hasSize(2).noneMatch(request -> request.contains("Basic"));
        }
    }

    @Test
    void saysThatADeadRegistryCannotBeReached() {
        var name = name();
        registry.close();
        assertThatThrownBy(() -> pull(name, insecure()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("registry '" + registry.host() + "' cannot be reached");
    }

    @Test
    void searchesShortNamesWhereRegistriesConfSays() throws Exception {
        registry.serve(LAYER);
        var conf = temp.resolve("registries.conf");
        settings = new RegistrySettings(List.of(conf), List.of(), List.of(), List.of());
        Files.writeString(
                conf,
                """
                unqualified-search-registries = ["%1$s/none", "%1$s"]
                [[registry]]
                prefix = "short.test/x"
                location = "%1$s/team"
                insecure = true
                [[registry]]
                location = "%1$s"
                insecure = true
                [[registry]]
                location = "bad.test"
                blocked = true
                """
                        .formatted(registry.host()));
        assertThat(pull("team/app:v1", PullOptions.DEFAULT).names())
                .hasToString("[" + name() + "]");
        assertThat(pull("short.test/x/app:v1", PullOptions.DEFAULT).names().toString())
                .contains("short.test/x/app:v1");
        assertThatThrownBy(() -> pull("bad.test/app", PullOptions.DEFAULT))
                .isInstanceOf(BadImageNameException.class)
                .hasMessageContaining("blocks");
    }

    @Test
    void asksForAFullNameWhenNothingIsConfigured() {
        assertThatThrownBy(() -> pull("app", PullOptions.DEFAULT))
                .isInstanceOf(BadImageNameException.class)
                .hasMessageContaining("give the full name");
    }

    @Test
    void refusesManifestsMadeToHurt() {
        registry.manifest("v1", "[".repeat(100_000), "application/json");
        assertThatThrownBy(this::pull)
                .isInstanceOf(ImageException.class)
                .hasMessageContaining("is not valid JSON");
        registry.manifest(
                "v1",
                "{\"schemaVersion\":2,\"config\":{\"digest\":\"sha256:../../etc\",\"size\":1},\"layers\":[]}",
                "");
        assertThatThrownBy(this::pull).hasMessageContaining("not a sha256 digest: '../../etc'");
        registry.manifest(
                "v1",
                "{\"schemaVersion\":1}",
                "application/vnd.docker.distribution.manifest.v1+prettyjws");
        assertThatThrownBy(this::pull).hasMessageContaining("schema 1");
    }

    private String name() {
        return registry.host() + "/team/app:v1";
    }

    private Image pull() throws InterruptedException {
        return pull(name(), insecure());
    }

    private Image pull(String name, PullOptions options) throws InterruptedException {
        return new Puller(store, settings, Duration.ofMillis(1))
                .pull(ImageReference.parse(name), options, events::add);
    }

    private static PullOptions insecure() {
        return PullOptions.DEFAULT.withTlsVerify(false);
    }
}
