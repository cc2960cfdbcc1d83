package dev.kelpie.image.spec;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The content's own name, `sha256:HEX` (image-spec, descriptor.md, "Digests"); only sha256 is in
/// use.
public record Digest(String hex) implements Comparable<Digest> {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final String ALGORITHM = "sha256:";

    public Digest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a sha256 digest: '" + hex + "'");
        }
    }

    /// From `sha256:HEX`, lower case as the specification demands.
    public static Digest parse(String text) {
        if (!text.startsWith(ALGORITHM)) {
            throw new IllegalArgumentException("not a sha256 digest: '" + text + "'");
        }
        return new Digest(text.substring(ALGORITHM.length()));
    }

    /// The digest of these bytes.
    public static Digest of(byte[] content) {
        return of(sha256().digest(content).clone(), 32);
    }

    /// The digest that a finished hash stands for.
    public static Digest from(MessageDigest finished) {
        return of(finished.digest(), 32);
    }

    /// A fresh sha256; every JDK has it.
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The first twelve hex digits, as lists show them.
    public String brief() {
        return hex.substring(0, 12);
    }

    @Override
    public int compareTo(Digest other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return ALGORITHM + hex;
    }

    private static Digest of(byte[] hash, int length) {
        return new Digest(HexFormat.of().formatHex(hash, 0, length));
    }
}
