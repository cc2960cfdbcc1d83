package dev.kelpie.image.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageConfigTest {

    @Test
    void chainsDiffIdsAsTheSpecificationSays() {
        var a = new Digest("a".repeat(64));
        var b = new Digest("b".repeat(64));
        // printf 'sha256:aaa… sha256:bbb…' | sha256sum
        var second =
                Digest.of(
                        ("sha256:" + "a".repeat(64) + " sha256:" + "b".repeat(64))
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(ImageConfig.chainIds(List.of(a, b))).containsExactly(a, second);
        assertThat(second.hex())
                .isEqualTo("ccd722928bd92476ba1745586fed6e45a102504185ad88cd89e01ff116fd146c");
    }

    @Test
    void choosesTheExactVariantBeforeOneThatFits() {
        var v6 = entry("arm", "v6", 'a');
        var v7 = entry("arm", "v7", 'b');
        var amd = entry("amd64", "", 'c');
        var index = new ImageIndex(MediaType.OCI_INDEX, List.of(v6, v7, amd), Map.of());
        assertThat(index.choose(Platform.parse("linux/arm/v7"))).contains(v7);
        assertThat(index.choose(Platform.parse("linux/amd64"))).contains(amd);
        assertThat(index.choose(Platform.parse("linux/riscv64"))).isEmpty();
        assertThat(index.choose(Platform.parse("windows/amd64"))).isEmpty();
    }

    private static Descriptor entry(String architecture, String variant, char digit) {
        var platform =
                new Platform(
                        "linux",
                        architecture,
                        variant.isEmpty() ? Optional.empty() : Optional.of(variant));
        return new Descriptor(
                MediaType.OCI_MANIFEST,
                new Digest(String.valueOf(digit).repeat(64)),
                1,
                Optional.of(platform),
                Map.of());
    }
}
