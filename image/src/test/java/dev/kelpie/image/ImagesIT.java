package dev.kelpie.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.image.build.BuildRequest;
import dev.kelpie.image.registry.PullEvent;
import dev.kelpie.image.registry.PullOptions;
import dev.kelpie.image.registry.RegistrySettings;
import dev.kelpie.image.store.PlainLayerTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against Debian's docker-registry on loopback, filled by skopeo.
class ImagesIT {

    @TempDir Path temp;
    private LoopbackRegistry registry;
    private Images images;

    @BeforeEach
    void start() throws Exception {
        registry = LoopbackRegistry.start(temp.resolve("registry"));
        images = Images.open(temp.resolve("root"), new PlainLayerTrees(), RegistrySettings.NONE);
    }

    @AfterEach
    void stop() throws Exception {
        registry.close();
    }

    @Test
    void pullsWhatSkopeoPushed() throws Exception {
        registry.push(builtLayout(), "team/hello:v1");
        var events = new ArrayList<PullEvent>();
        var image = images.pull(registry.name("team/hello:v1"), insecure(), events::add);
        assertThat(image.lowerDirectories()).hasSize(2);
        assertThat(image.lowerDirectories().get(1).resolve("a.txt")).hasContent("one");
        assertThat(image.config().config().command().cmd()).containsExactly("/b");
        assertThat(events).last().isInstanceOf(PullEvent.Stored.class);
        assertThat(images.find("hello:v1")).contains(image);
    }

    @Test
    void pullsByDigestAndFindsItAgain() throws Exception {
        var built = builtLayout();
        registry.push(built, "team/hello:v1");
        var byTag = images.pull(registry.name("team/hello:v1"), insecure(), event -> {});
        var pinned = registry.name("team/hello") + "@" + byTag.digest();
        var again = images.pull(pinned, insecure(), event -> {});
        assertThat(again.id()).isEqualTo(byTag.id());
        assertThat(images.find(pinned)).isPresent();
    }

    @Test
    void refusesPlainHttpUnlessAllowed() throws Exception {
        assertThatThrownBy(
                        () -> images.pull(registry.name("x:1"), PullOptions.DEFAULT, event -> {}))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("--tls-verify=false");
    }

    @Test
    void quotesTheRegistryWhenTheManifestIsUnknown() throws Exception {
        assertThatThrownBy(() -> images.pull(registry.name("no/such:1"), insecure(), event -> {}))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("cannot pull '" + registry.name("no/such:1") + "': ")
                .hasMessageContaining("MANIFEST_UNKNOWN");
    }

    @Test
    void fetchesAnImageOnceWhenManyAskAtTheSameTime() throws Exception {
        registry.push(builtLayout(), "team/hello:v1");
        var downloads = new ArrayList<PullEvent>();
        var failures = new ArrayList<Throwable>();
        var threads = new ArrayList<Thread>();
        for (var i = 0; i < 8; i++) {
            threads.add(
                    Thread.startVirtualThread(() -> {
                        try {
                            images.pull(
                                    registry.name("team/hello:v1"),
                                    insecure(),
                                    event -> {
                                        synchronized (downloads) {
                                            downloads.add(event);
                                        }
                                    });
                        } catch (Exception e) {
                            synchronized (failures) {
                                failures.add(e);
                            }
                        }
                    }));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(downloads).filteredOn(PullEvent.Unpacked.class::isInstance).hasSize(2);
        assertThat(downloads.stream().filter(PullEvent.Downloaded.class::isInstance)).hasSize(3);
        assertThat(images.all()).hasSize(1);
        assertThat(ingest()).isEmpty();
    }

    @Test
    void loadsWhatSkopeoWrites() throws Exception {
        var built = builtLayout();
        for (var form : List.of("oci-archive", "docker-archive")) {
            var file = temp.resolve(form + ".tar");
            LoopbackRegistry.run(
                    "skopeo", "copy", "-q", built, form + ":" + file + ":example.test/made:v2");
            try (var in = Files.newInputStream(file)) {
                var loaded = images.load(in, file.toString());
                assertThat(loaded).hasSize(1);
                assertThat(loaded.getFirst().names().getFirst())
                        .hasToString("example.test/made:v2");
                assertThat(loaded.getFirst().image().lowerDirectories().get(1).resolve("a.txt"))
                        .hasContent("one");
            }
        }
        images.remove("example.test/made:v2", false, Set.of());
        images.prune(true, Set.of(), image -> true);
        assertThat(blobs()).isEmpty();
        assertThat(ingest()).isEmpty();
    }

    private static PullOptions insecure() {
        return PullOptions.DEFAULT.withTlsVerify(false);
    }

    /// Builds an image with our own builder and returns its layout for skopeo: other tools read it.
    private String builtLayout() throws Exception {
        var context = Files.createDirectories(temp.resolve("context"));
        Files.writeString(context.resolve("a.txt"), "one");
        Files.writeString(context.resolve("b"), "two");
        Files.writeString(
                context.resolve("Containerfile"),
                """
                FROM scratch
                COPY a.txt /
                COPY --chmod=755 b /b
                CMD ["/b"]
                """);
        var root = temp.resolve("builder");
        var builder = Images.open(root, new PlainLayerTrees(), RegistrySettings.NONE);
        builder.build(BuildRequest.of(context, "made:v1"), event -> {});
        return "oci:" + root.resolve("content") + ":localhost/made:v1";
    }

    private List<Path> blobs() throws IOException {
        try (var files = Files.list(temp.resolve("root/content/blobs/sha256"))) {
            return files.toList();
        }
    }

    private List<Path> ingest() throws IOException {
        try (var files = Files.list(temp.resolve("root/ingest"))) {
            return files.toList();
        }
    }
}
