package dev.kelpie.kubeplay.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {

    private static final String HEX =
            "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "busybox", "busybox:1.36", "library/busybox",
                        "registry.example/library/busybox:latest",
                "localhost:5000/a/b:c", "localhost/hello:1", "[::1]:5000/x", "a__b/c-d/e.f",
                "Registry.Example/x", "x@sha256:" + HEX, "x:1@sha256:" + HEX, "sha256:" + HEX
            })
    void acceptsReferences(String reference) {
        assertThat(ImageName.fault(reference)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " busybox",
                "Busybox",
                "busybox:",
                "busybox:-x",
                "a//b",
                "/a",
                "a/",
                "a b",
                "a@sha256:12",
                "a@b",
                "http://example.org/x",
                "a:b:c",
                "-a",
                "a..b",
                "x/Upper",
                "${IMAGE}"
            })
    void refusesOtherText(String reference) {
        assertThat(ImageName.fault(reference)).isPresent();
    }
}
