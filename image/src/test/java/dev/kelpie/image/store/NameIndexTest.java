package dev.kelpie.image.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.spec.MediaType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NameIndexTest {

    private static final ImageReference APP = ImageReference.parse("localhost/app:1");
    private static final ImageReference WEB = ImageReference.parse("localhost/web:1");

    private final Descriptor one = manifest("one");
    private final Descriptor two = manifest("two");

    private static Descriptor manifest(String text) {
        return Descriptor.of(MediaType.OCI_MANIFEST, Digest.of(text.getBytes(UTF_8)), 3);
    }

    @Test
    void whatIsNamedSoAlreadyChangesNothing() {
        var entries = NameIndex.with(List.of(), one, List.of(APP));
        entries = NameIndex.with(entries, two, List.of(WEB));
        assertThat(NameIndex.with(entries, one, List.of(APP))).isEqualTo(entries);
    }

    @Test
    void aNameIsTakenFromTheOneThatHadIt() {
        var entries = NameIndex.with(List.of(), one, List.of(APP, WEB));
        entries = NameIndex.with(entries, two, List.of(APP));
        assertThat(entries)
                .containsExactly(
                        new NameIndex.Entry(one, Optional.of(WEB)),
                        new NameIndex.Entry(two, Optional.of(APP)));
    }
}
