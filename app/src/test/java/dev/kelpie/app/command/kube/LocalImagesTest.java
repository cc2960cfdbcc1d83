package dev.kelpie.app.command.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.image.spec.ImageReference;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class LocalImagesTest {
    @Test
    void anImageOfNoRegistryIsLocal() {
        assertThat(isLocal("localhost/box:1")).isTrue();
        assertThat(isLocal("box:1", "localhost/box:1")).isTrue();
        assertThat(isLocal("box", "localhost/box:latest")).isTrue();
    }

    @Test
    void anImageThatCanBePulledIsNot() {
        assertThat(isLocal("box:1")).isFalse();
        assertThat(isLocal("box:2", "localhost/box:1")).isFalse();
        assertThat(isLocal("box:1", "localhost/box:1", "docker.io/library/box:1")).isFalse();
        assertThat(isLocal("quay.io/box:1", "localhost/box:1")).isFalse();
        assertThat(isLocal("No Image", "localhost/box:1")).isFalse();
    }

    private static boolean isLocal(String image, String... here) {
        var names = Arrays.stream(here).map(ImageReference::parse).collect(Collectors.toSet());
        return LocalImages.local(image, names).isPresent();
    }
}
