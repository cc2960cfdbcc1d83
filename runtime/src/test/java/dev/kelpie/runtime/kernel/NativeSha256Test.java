package dev.kelpie.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NativeSha256Test {

    private static MessageDigest hash() {
        var found = NativeSha256.find();
        assumeThat(found).as("this host has a libcrypto").isPresent();
        return found.orElseThrow().get();
    }

    @Test
    void countsTheExampleOfTheStandard() {
        var digest = hash().digest("abc".getBytes(StandardCharsets.US_ASCII));
        assertThat(HexFormat.of().formatHex(digest))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void agreesWithTheJdkHoweverTheBytesCome() throws Exception {
        var bytes = new byte[300_001];
        new Random(7).nextBytes(bytes);
        var ours = hash();
        ours.update(bytes[0]);
        ours.update(bytes, 1, 99);
        ours.update(bytes, 100, 200_000);
        ours.update(bytes, 200_100, bytes.length - 200_100);
        assertThat(ours.digest()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void beginsAnewAfterADigestAndAfterAReset() {
        var hash = hash();
        var empty = hash.digest();
        hash.update((byte) 1);
        hash.reset();
        assertThat(hash.digest()).isEqualTo(empty).isNotEqualTo(hash.digest(new byte[] {1}));
    }
}
