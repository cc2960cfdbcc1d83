package dev.kelpie.image.registry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.image.ImageStoreException;
import dev.kelpie.image.spec.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookasideTest {

    @TempDir Path temp;

    @Test
    void isAPlaceOfFilesOrTheWeb() throws IOException {
        lookaside("file:///var/lib/signatures");
        lookaside("https://signatures.test/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://host/dir", "file:dir", "file:///a?b", "https:///a", "ftp://a"})
    void namesThePlaceThatIsNone(String base) {
        assertThatThrownBy(() -> lookaside(base))
                .isInstanceOf(ImageStoreException.class)
                .hasMessageStartingWith("lookaside '" + base + "': ");
    }

    private void lookaside(String base) throws IOException {
        Files.writeString(temp.resolve("a.yaml"), "default-docker:\n  lookaside: " + base + "\n");
        Lookaside.of(
                new SignatureSettings(List.of(temp), Optional.empty(), OpenPgp.NONE),
                ImageReference.parse("r.test/a:1"));
    }
}
