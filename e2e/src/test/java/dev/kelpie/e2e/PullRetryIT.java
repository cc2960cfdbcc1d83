package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A pod whose image no registry has yet: it waits as under the kubelet, and a service that dies
/// meanwhile changes nothing.
@OnlyKelpie
class PullRetryIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static Registry registry;
    private final Kelpie kelpie =
            ENGINE.kelpie().with("XDG_CONFIG_HOME", ENGINE.kelpie().directory().toString());

    @BeforeAll
    static void start() {
        assumeTrue(
                Host.has("docker-registry") && Host.has("skopeo"),
                "docker-registry serves the image, skopeo brings it there");
        var directory = ENGINE.kelpie().directory();
        registry = Registry.start(directory);
        var conf = "[[registry]]\nlocation = \"%s\"\ninsecure = true\n".formatted(registry.host());
        Host.write(directory.resolve("containers/registries.conf"), conf);
        ENGINE.kelpie().stopService();
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    @Test
    void containerWaitsForItsImageAndRunsOnceItIsThere() {
        var name = registry.host() + "/late/comer:1";
        var archive = kelpie.directory().resolve("box.tar");
        kelpie.ok("save", "-q", "-o", archive.toString(), Box.IMAGE);
        var pod =
                Box.pod(
                        "shop",
                        Box.container("near", Box.staying()),
                        Box.container("far", Box.staying()).replace(Box.IMAGE, name));
        assertThat(kelpie.playFails(pod)).contains("cannot pull '" + name + "'");
        assertThat(kelpie.ok("pod", "ps", "-q")).isEmpty();

        assertThat(kelpie.play(pod, "--retry-pulls")).contains("Pod:");
        assertThat(kelpie.state("shop-near")).isEqualTo("running");
        assertThat(status()).isEqualTo("Created (ErrImagePull)");
        assertThat(kelpie.ok("why", "shop")).contains("shop-far: waiting: ErrImagePull: cannot");
        assertThat(kelpie.fails(125, "start", "shop-far")).contains("has no image yet");
        assertThat(kelpie.ok("pod", "inspect", "shop")).contains("\"ErrImagePull\"");
        var errors = kelpie.ok("events", "--stream=false", "--filter", "event=pull-error");
        assertThat(errors).contains(name);

        kelpie.killService();
        registry.push("docker-archive:" + archive, "late/comer:1");
        Await.until(
                () -> "the container to run: " + kelpie.ok("why", "shop"),
                () -> kelpie.state("shop-far").equals("running"));
    }

    private String status() {
        return kelpie.ok("ps", "-a", "--filter", "name=shop-far", "--format", "{{.Status}}");
    }
}
