package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Manifests as the documentation of public projects has them, unchanged: each runs, or is refused
/// for the reason that its first line tells. Their images are stood in for under their own names.
@OnlyKelpie
class PublicManifestsIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final List<String> IMAGES =
            List.of(
                    "nginx:1.27",
                    "redis:7",
                    "fluentd:v1.17",
                    "perl:5.34",
                    "mysql:8.0",
                    "frontend:v5",
                    "busybox:1.28");

    private final Kelpie kelpie = ENGINE.kelpie();

    @Test
    void runOrAreRefusedForAStatedReason() throws IOException, URISyntaxException {
        var context = kelpie.directory().resolve("server");
        Host.write(
                context.resolve("Containerfile"),
                "FROM localhost/box:1\nCMD [\"sleep\", \"1000\"]\n");
        kelpie.ok("build", "-t", "localhost/server:1", context.toString());
        for (var image : IMAGES) {
            kelpie.ok("tag", "localhost/server:1", "registry.example.org/" + image);
        }
        try (var files = Files.list(manifests())) {
            for (var file : files.sorted().toList()) {
                check(file.toAbsolutePath().toString(), Files.readAllLines(file).getFirst());
            }
        }
        for (var image : IMAGES) {
            kelpie.ok("rmi", "registry.example.org/" + image);
        }
        kelpie.ok("rmi", "localhost/server:1");
    }

    /// Beside the classes, wherever those are.
    private static Path manifests() throws URISyntaxException {
        var folder = PublicManifestsIT.class.getResource("/manifests");
        return Path.of(Objects.requireNonNull(folder).toURI());
    }

    private void check(String file, String first) {
        if (first.startsWith("# refused: ")) {
            assertThat(kelpie.fails(125, "kube", "play", file))
                    .contains(first.substring("# refused: ".length()));
            return;
        }
        kelpie.ok("kube", "play", file);
        if (first.startsWith("# schedules: ")) {
            assertThat(kelpie.ok("kube", "cronjobs", "--format", "{{.Name}}"))
                    .isEqualTo(first.substring("# schedules: ".length()));
            kelpie.ok("kube", "down", file);
            return;
        }
        assertThat(kelpie.ok("pod", "ps", "--format", "{{.Name}}").lines())
                .as(file)
                .containsExactlyInAnyOrder(first.substring("# plays: ".length()).split(" "));
        kelpie.ok("pod", "stop", "--all", "--time", "0");
        kelpie.ok("kube", "down", "--force", file);
    }
}
