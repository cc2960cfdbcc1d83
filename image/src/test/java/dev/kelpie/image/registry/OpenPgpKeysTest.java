package dev.kelpie.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.image.ImageStoreException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpenPgpKeysTest {
    /// A key packet of three bytes and a user id, in the old form and in the new one.
    private static byte[] packets(boolean fresh, String user) {
        var name = user.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream();
        out.write(0x99);
        out.writeBytes(new byte[] {0, 3, 1, 2, 3});
        out.write(fresh ? 0xc0 | 13 : 0x80 | 13 << 2);
        if (fresh && name.length >= 192) {
            out.write(((name.length - 192) >> 8) + 192);
            out.write(name.length - 192);
        } else {
            out.write(name.length);
        }
        out.writeBytes(name);
        return out.toByteArray();
    }

    @Test
    void readsKeysArmoredOrNot() {
        var plain = packets(false, "Ann <ann@example.test>");
        var armored =
                "-----BEGIN PGP PUBLIC KEY BLOCK-----\nComment: x\n\n%s\n=aBcD\n-----END PGP PUBLIC KEY BLOCK-----\n"
                        .formatted(Base64.getMimeEncoder().encodeToString(plain))
                        .getBytes(StandardCharsets.UTF_8);
        assertThat(OpenPgpKeys.parse(plain, "k").users()).containsExactly("Ann <ann@example.test>");
        assertThat(OpenPgpKeys.parse(armored, "k").packets()).isEqualTo(plain);
        var lengthy = "B".repeat(500);
        assertThat(OpenPgpKeys.parse(packets(true, lengthy), "k").users()).containsExactly(lengthy);
        assertThat(OpenPgpKeys.parse(packets(true, "Cid"), "k").users()).containsExactly("Cid");
    }

    @Test
    void refusesWhatIsNoKey() {
        assertThatThrownBy(() -> OpenPgpKeys.parse("hello".getBytes(StandardCharsets.UTF_8), "'k'"))
                .isInstanceOf(ImageStoreException.class)
                .hasMessageContaining("'k' has no public key");
    }

    @Test
    void survivesNonsense() {
        var random = new Random(7);
        for (var round = 0; round < 2000; round++) {
            var bytes = new byte[1 + random.nextInt(40)];
            random.nextBytes(bytes);
            bytes[0] |= (byte) 0x80;
            assertThat(OpenPgpKeys.parse(bytes, "k").users()).hasSizeLessThan(41);
        }
    }
}
