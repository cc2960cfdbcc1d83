package dev.kelpie.image.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/// Who we are to a registry that wants a certificate: `NAME.cert` and `NAME.key`
/// (containers-certs.d(5)).
final class ClientKeys {

    private static final Pattern PEM =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private ClientKeys() {}

    /// Managers of all keys in these directories; none when there are no keys.
    static KeyManager[] read(List<Path> directories) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (var file : files(directories, "*.cert")) {
            var name = String.valueOf(file.getFileName());
            var key = file.resolveSibling(name.substring(0, name.length() - 4) + "key");
            if (!Files.exists(key)) {
                throw new IOException(
                        "'" + file + "' has no key '" + key.getFileName() + "' beside it");
            }
            store.setKeyEntry(
                    file.toString(),
                    key(key),
                    new char[0],
                    certificates(file).toArray(Certificate[]::new));
        }
        if (store.size() == 0) {
            return new KeyManager[0];
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers();
    }

    static List<Path> files(List<Path> directories, String glob) throws IOException {
        var found = new ArrayList<Path>();
        for (var directory : directories) {
            if (Files.isDirectory(directory)) {
                try (var files = Files.newDirectoryStream(directory, glob)) {
                    files.forEach(found::add);
                }
            }
        }
        return found;
    }

    static List<Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
        }
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        var pem = PEM.matcher(Files.readString(file, StandardCharsets.US_ASCII));
        if (!pem.find()) {
            throw new IOException(
                    "'"
                            + file
                            + "' has no PKCS #8 key ('openssl pkcs8 -topk8 -nocrypt' makes one)");
        }
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // one of the others
            }
        }
        throw new IOException("'" + file + "' has a key that is none of " + ALGORITHMS);
    }
}
