package dev.kelpie.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.image.BadImageException;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever a registry answers, the pull says what it was, names image and registry, ends, and
/// leaves nothing in the store.
class HostileRegistryTest {

    private static final byte[] LAYER = LayerLab.layer("hello=world");
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    /// A layer may become 1 MB large, or ten times its size.
    private static final UnpackLimits LIMITS =
            new UnpackLimits(1000, 64 << 20, 64 << 20, 10, 1 << 20);

    @TempDir Path temp;
    private final List<PullEvent> events = new ArrayList<>();
    private FakeRegistry registry;
    private ImageStore store;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry();
        store = ImageStore.open(temp.resolve("root"), new PlainLayerTrees(), LIMITS);
    }

    @AfterEach
    void stopAndLeaveNothing() {
        registry.close();
        assertThat(temp.resolve("root/ingest")).isEmptyDirectory();
        if (store.images().isEmpty()) {
            assertThat(temp.resolve("root/layers")).isEmptyDirectory();
            assertThat(temp.resolve("root/content/blobs/sha256")).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, wants a login that works",
        "403, refuses access",
        "404, does not have it",
        "405, answered",
        "429, has had too many requests",
        "500, answered",
        "503, answered"
    })
    void quotesWhateverRefusalComes(int status, String meaning) {
        registry.trouble((exchange, path) -> {
            FakeRegistry.send(
                    exchange, status, "{\"errors\":[{\"code\":\"NO\",\"message\":\"because\"}]}");
            return true;
        });
        assertRefused()
                .isInstanceOf(RegistryException.class)
                .hasMessage(
                        "cannot pull '%s': registry '%s' %s (%d): NO: because",
                        name(), registry.host(), meaning, status);
        assertThat(events.stream().filter(PullEvent.Retrying.class::isInstance).count())
                .isEqualTo(status == 429 || status >= 500 ? 3 : 0);
    }

    @ParameterizedTest
    @CsvSource({"1", "'Thu, 01 Jan 2015 00:00:00 GMT'", "soon", "-5", "99999999999999999999"})
    void comesAgainWhenTheRegistryAsksItToWait(String after) throws Exception {
        registry.serve(LAYER);
        var refusals = new AtomicInteger(1);
        registry.trouble((exchange, path) -> {
            if (path.contains("/manifests/") && refusals.getAndDecrement() > 0) {
                exchange.getResponseHeaders().add("Retry-After", after);
                FakeRegistry.send(exchange, 429, "");
                return true;
            }
            return false;
        });
        pull();
        assertThat(events)
                .filteredOn(PullEvent.Retrying.class::isInstance)
                .singleElement()
                .extracting(event -> ((PullEvent.Retrying) event).delayMillis())
                .isEqualTo(after.equals("1") ? 1000L : 1L);
    }

    @Test
    void refusesToBeSentRoundInCircles() {
        redirect("http://" + registry.host() + "/v2/team/app/manifests/v1");
        assertRefused().hasMessageContaining("redirects in a circle");
    }

    @ParameterizedTest
    @CsvSource({"'ftp://elsewhere.test/x'", "'http://'", "'::nonsense'", "'file:///etc/passwd'"})
    void refusesToBeSentWhereNoRegistryIs(String location) {
        redirect(location);
        assertRefused().hasMessageContaining("redirects to '" + location + "'");
    }

    @Test
    void refusesPagesInThePlaceOfManifests() {
        registry.manifest("v1", "<html>log in first</html>", "text/html");
        assertRefused().hasMessageContaining("is not valid JSON");
    }

    @Test
    void refusesLayersThatAreNone() {
        serve(LayerLab.descriptor("config.v1+json", config(LAYER), ""), descriptor("x.y", LAYER));
        assertRefused().hasMessageContaining("a layer is of type 'application/vnd.oci.image.x.y'");
    }

    @ParameterizedTest
    @CsvSource({"-1", "1", "9223372036854775807", "99999999999999999999", "1.5", "'\"7\"'"})
    void refusesSizesThatAreWrong(String size) {
        registry.blob(LAYER);
        var lie =
                "{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\",\"digest\":\"%s\",\"size\":%s}"
                        .formatted(Digest.of(LAYER), size);
        serve(LayerLab.descriptor("config.v1+json", config(LAYER), ""), lie);
        assertRefused();
    }

    @Test
    void refusesConfigurationsThatWouldFillTheMemory() {
        var huge =
                "{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\"%s\",\"size\":%d}"
                        .formatted(Digest.of(LAYER), 1L << 40);
        serve(huge, descriptor("layer.v1.tar", LAYER));
        assertRefused().hasMessageContaining("is too large: 1099511627776");
    }

    @Test
    void refusesLayersThatBlowUp() {
        var bomb = LayerLab.tar(tar -> LayerLab.file(tar, "zeros", new byte[8 << 20]));
        registry.serve(bomb);
        assertRefused()
                .isInstanceOf(BadImageException.class)
                .hasMessageContaining("holds more than 1048576 bytes when unpacked");
    }

    @Test
    void refusesLayersThatAreNotWhatTheConfigurationNames() {
        registry.blob(LAYER);
        serve(
                LayerLab.descriptor("config.v1+json", config(LayerLab.layer("other=1")), ""),
                descriptor("layer.v1.tar", LAYER));
        assertRefused().hasMessageContaining("is not what it claims: expected diffID");
    }

    @Test
    void refusesMoreLayersThanTheConfigurationNames() {
        registry.blob(LAYER);
        var layer = descriptor("layer.v1.tar", LAYER);
        serve(LayerLab.descriptor("config.v1+json", config(LAYER), ""), layer + "," + layer);
        assertRefused().hasMessageContaining("has 2 layers, but its configuration names 1");
    }

    @Test
    void refusesAMillionLayers() {
        var layer = descriptor("layer.v1.tar", LAYER);
        serve(
                LayerLab.descriptor("config.v1+json", config(LAYER), ""),
                layer + ("," + layer).repeat(999));
        assertRefused().hasMessageContaining("has 1000 layers, more than 500");
        serve(
                LayerLab.descriptor("config.v1+json", config(LAYER), ""),
                layer + ("," + layer).repeat(30_000));
        assertRefused().hasMessageContaining("sent a manifest larger than");
    }

    @Test
    void refusesIndexesThatLeadToIndexes() {
        var inner = registry.manifest("inner", "{\"schemaVersion\":2,\"manifests\":[]}", INDEX);
        registry.manifest(
                "v1",
                "{\"schemaVersion\":2,\"manifests\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":34,\"platform\":{\"os\":\"linux\",\"architecture\":\"%s\"}}]}"
                        .formatted(INDEX, inner, Platform.host().architecture()),
                INDEX);
        assertRefused().hasMessageContaining("an index in an index");
    }

    @Test
    void refusesLayersThatAreCutShort() {
        var half = LayerLab.gzip(LAYER);
        half = Arrays.copyOf(half, half.length / 2);
        registry.blob(half);
        serve(
                LayerLab.descriptor("config.v1+json", config(LAYER), ""),
                descriptor("layer.v1.tar+gzip", half));
        assertRefused().isInstanceOf(BadImageException.class);
    }

    @Test
    void refusesLayersThatLeadOutside() {
        registry.serve(LayerLab.layer("../../escaped=1"));
        assertRefused().hasMessageContaining("escaped");
        assertThat(temp.resolve("escaped")).doesNotExist();
    }

    private void redirect(String location) {
        registry.trouble((exchange, path) -> {
            if (!path.contains("/manifests/")) {
                return false;
            }
            exchange.getResponseHeaders().add("Location", location);
            FakeRegistry.send(exchange, 307, "");
            return true;
        });
    }

    private byte[] config(byte[] layer) {
        var bytes = LayerLab.config(List.of(Digest.of(layer))).getBytes(StandardCharsets.UTF_8);
        registry.blob(bytes);
        return bytes;
    }

    private static String descriptor(String type, byte[] bytes) {
        return LayerLab.descriptor(type, bytes, "");
    }

    private void serve(String config, String layers) {
        registry.manifest(
                "v1",
                "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]}".formatted(config, layers),
                MANIFEST);
    }

    private AbstractThrowableAssert<?, ?> assertRefused() {
        return assertThatThrownBy(this::pull)
                .isInstanceOf(ImageException.class)
                .hasMessageStartingWith("cannot pull '" + name() + "': ");
    }

    private String name() {
        return registry.host() + "/team/app:v1";
    }

    private void pull() throws InterruptedException {
        new Puller(store, RegistrySettings.NONE, Duration.ofMillis(1))
                .pull(
                        ImageReference.parse(name()),
                        PullOptions.DEFAULT.withTlsVerify(false),
                        events::add);
    }
}
