package dev.kelpie.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kelpie.image.Image;
import dev.kelpie.image.RegistryException;
import dev.kelpie.image.archive.ArchiveLoader;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.store.Decompression;
import dev.kelpie.image.store.ImageJson;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.store.LayerLab;
import dev.kelpie.image.store.PlainLayerTrees;
import dev.kelpie.image.store.UnpackLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Into a registry of our own making that misbehaves on demand.
class PusherIT {

    private static final byte[] LAYER = LayerLab.layer("hello=world");

    @TempDir Path temp;
    private final List<PushEvent> events = new ArrayList<>();
    private final ReceivingRegistry received = new ReceivingRegistry();
    private FakeRegistry registry;
    private ImageStore store;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry();
        registry.trouble(received);
        store = ImageStore.open(temp.resolve("root"), new PlainLayerTrees(), UnpackLimits.DEFAULT);
    }

    @AfterEach
    void stopAndLeaveNothingHalfMade() {
        registry.close();
        assertThat(temp.resolve("root/ingest")).isEmptyDirectory();
    }

    @Test
    void sendsTheVeryBytesThatCame() throws Exception {
        var served = registry.serve(LAYER, LayerLab.layer("more=of it"));
        registry.trouble((exchange, path) -> false);
        var image =
                new Puller(store, RegistrySettings.NONE, Duration.ofMillis(1))
                        .pull(
                                ImageReference.parse(name()),
                                PullOptions.DEFAULT.withTlsVerify(false),
                                event -> {});
        registry.trouble(received);
        assertThat(push(image, PushOptions.DEFAULT)).isEqualTo(served);
        assertThat(Digest.of(received.manifest("v1"))).isEqualTo(served);
        assertThat(received.blobs).hasSize(3);
        received.blobs.forEach((digest, bytes) -> assertThat(Digest.of(bytes)).hasToString(digest));
        received.calls.clear();
        push(image, PushOptions.DEFAULT);
        assertThat(received.calls).noneMatch(call -> call.startsWith("POST"));
    }

    @Test
    void packsLayersThatAreStoredPlain() throws Exception {
        var image = loaded();
        push(image, PushOptions.DEFAULT);
        var layer = manifest("v1").at("/layers/0");
        assertThat(layer.path("mediaType").asText()).endsWith("tar+gzip");
        assertThat(plain(layer)).isEqualTo(LAYER);
        push(image, PushOptions.DEFAULT.withCompression(Compression.ZSTD));
        layer = manifest("v1").at("/layers/0");
        assertThat(layer.path("mediaType").asText()).endsWith("tar+zstd");
        assertThat(plain(layer)).isEqualTo(LAYER);
        // what was packed for the push is not kept
        assertThat(temp.resolve("root/content/blobs/sha256").toFile().list()).hasSize(3);
    }

    @Test
    void speaksDockersForm() throws Exception {
        var digest =
                push(
                        loaded(),
                        PushOptions.DEFAULT
                                .withFormat(ManifestFormat.V2S2)
                                .withCompression(Compression.ZSTD));
        var manifest = manifest("v1");
        assertThat(received.types.get("v1"))
                .isEqualTo("application/vnd.docker.distribution.manifest.v2+json");
        assertThat(manifest.at("/config/mediaType").asText())
                .isEqualTo("application/vnd.docker.container.image.v1+json");
        assertThat(manifest.at("/layers/0/mediaType").asText())
                .isEqualTo("application/vnd.docker.image.rootfs.diff.tar.gzip");
        assertThat(Digest.of(received.manifest("v1"))).isEqualTo(digest);
    }

    @Test
    void goesOnWhereTheRegistryStopped() throws Exception {
        received.breaks.set(1);
        push(loaded(), PushOptions.DEFAULT);
        assertThat(received.calls).anyMatch(call -> call.startsWith("PATCH"));
        assertThat(events).anyMatch(PushEvent.Retrying.class::isInstance);
        assertThat(plain(manifest("v1").at("/layers/0"))).isEqualTo(LAYER);
    }

    @Test
    void sendsPiecesWhereARegistryTakesNothingElse() throws Exception {
        received.onlyPieces = true;
        push(loaded(), PushOptions.DEFAULT);
        assertThat(plain(manifest("v1").at("/layers/0"))).isEqualTo(LAYER);
    }

    @Test
    void letsTheRegistryTakeBlobsFromItsOtherRepositories() throws Exception {
        var image = loaded(registry.host() + "/other/app:1");
        var config = image.manifest().config().digest();
        received.elsewhere.put(config.toString(), new byte[0]);
        push(image, PushOptions.DEFAULT);
        assertThat(received.calls)
                .anyMatch(call -> call.contains("mount=" + config + "&from=other/app"));
        assertThat(events).contains(new PushEvent.Present(config));
    }

    @Test
    void saysWhyTheRegistryRefuses() throws Exception {
        registry.trouble((exchange, path) -> {
            FakeRegistry.send(
                    exchange,
                    path.equals("/v2/") ? 200 : 403,
                    "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"read only today\"}]}");
            return true;
        });
        var image = loaded();
        assertThatThrownBy(() -> push(image, PushOptions.DEFAULT))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("cannot push to '" + name() + "': registry '")
                .hasMessageContaining("refuses access (403)");
    }

    @Test
    void pushesByDigestOnlyWhatHasThatDigest() throws Exception {
        var image = loaded();
        var wrong = registry.host() + "/team/app@" + Digest.of(new byte[] {1});
        assertThatThrownBy(() -> push(image, wrong, PushOptions.DEFAULT))
                .hasMessageContaining("its manifest is sha256:");
        var sent = push(image, PushOptions.DEFAULT);
        push(image, registry.host() + "/team/app@" + sent, PushOptions.DEFAULT);
        assertThat(received.manifests).containsKey(sent.toString());
    }

    @Test
    void noticesANewerImage() throws Exception {
        registry.trouble((exchange, path) -> false);
        registry.serve(LAYER);
        var options = PullOptions.DEFAULT.withTlsVerify(false);
        var name = ImageReference.parse(name());
        var image =
                new Puller(store, RegistrySettings.NONE, Duration.ofMillis(1))
                        .pull(name, options, event -> {});
        var queries = new Queries(RegistrySettings.NONE);
        assertThat(queries.differs(image, name, options)).isFalse();
        registry.serve(LayerLab.layer("hello=new world"));
        assertThat(queries.differs(image, name, options)).isTrue();
    }

    private JsonNode manifest(String tag) {
        return ImageJson.object(received.manifest(tag), "manifest");
    }

    private byte[] plain(JsonNode layer) throws IOException {
        var bytes = received.blobs.getOrDefault(layer.path("digest").asText(), new byte[0]);
        assertThat(bytes).hasSize(layer.path("size").asInt());
        try (var in = Decompression.of(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    private String name() {
        return registry.host() + "/team/app:v1";
    }

    private Image loaded() throws InterruptedException {
        return loaded("localhost/app:1");
    }

    private Image loaded(String name) throws InterruptedException {
        var archive = LayerLab.ociArchive(name, LAYER);
        return new ArchiveLoader(store, "lab")
                .load(new ByteArrayInputStream(archive))
                .getFirst()
                .image();
    }

    private Digest push(Image image, PushOptions options) throws InterruptedException {
        return push(image, name(), options);
    }

    private Digest push(Image image, String to, PushOptions options) throws InterruptedException {
        var access = options.access().withTlsVerify(false);
        return new Pusher(store, RegistrySettings.NONE)
                .push(
                        image.digest(),
                        ImageReference.parse(to),
                        options.withAccess(access),
                        events::add);
    }
}
