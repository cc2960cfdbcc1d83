package dev.kelpie.image.registry;

import dev.kelpie.image.ImageStoreException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// Public keys in PEM, and what they say of a signature.
final class PublicKeys {

    private static final Pattern PEM =
            Pattern.compile(
                    "-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private PublicKeys() {}

    static PublicKey parse(String pem, String what) {
        var matcher = PEM.matcher(pem);
        if (matcher.find()) {
            var spec = new X509EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
            for (var algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePublic(spec);
                } catch (InvalidKeySpecException e) {
                    // one of the others
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        throw new ImageStoreException(what + " is not a public key in PEM");
    }

    static boolean verifies(PublicKey key, byte[] content, byte[] signature) {
        var algorithm =
                switch (key.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> "EdDSA";
                };
        try {
            var verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(content);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // a signature of another form is none
            return false;
        }
    }
}
