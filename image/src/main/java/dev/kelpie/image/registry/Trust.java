package dev.kelpie.image.registry;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Whom to believe to be a registry: the JDK's authorities, those in `certs.d/HOST` besides, or,
/// where verifying is turned off, anybody (containers-certs.d(5)).
final class Trust {

    private Trust() {}

    static SSLContext anybody() {
        return context(new Anybody());
    }

    /// Also what the `*.crt` in these directories sign; who is asked who he is shows the `*.cert`
    /// there, with its `*.key`.
    static SSLContext of(List<Path> directories, String host) {
        try {
            var extra = KeyStore.getInstance(KeyStore.getDefaultType());
            extra.load(null, null);
            var keys = ClientKeys.read(directories);
            for (var file : ClientKeys.files(directories, "*.crt")) {
                for (var certificate : ClientKeys.certificates(file)) {
                    extra.setCertificateEntry("extra" + extra.size(), certificate);
                }
            }
            return extra.size() == 0 && keys.length == 0
                    ? SSLContext.getDefault()
                    : context(new Either(managerOf(null), managerOf(extra)), keys);
        } catch (IOException | GeneralSecurityException e) {
            throw new dev.kelpie.image.ImageStoreException(
                    "cannot read the certificates for '" + host + "': " + e.getMessage(), e);
        }
    }

    private static SSLContext context(TrustManager manager, KeyManager... keys) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {manager}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509ExtendedTrustManager managerOf(@Nullable KeyStore store)
            throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("the JDK has no X.509 trust manager");
    }

    /// Two opinions, of which one is enough. The host name is checked by either.
    private static final class Either extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager first;
        private final X509ExtendedTrustManager second;

        Either(X509ExtendedTrustManager first, X509ExtendedTrustManager second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            try {
                first.checkServerTrusted(chain, type, engine);
            } catch (CertificateException e) {
                second.checkServerTrusted(chain, type, engine);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            try {
                first.checkServerTrusted(chain, type, socket);
            } catch (CertificateException e) {
                second.checkServerTrusted(chain, type, socket);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("the host name is not known");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("we are no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("we are no server");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("we are no server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return second.getAcceptedIssuers();
        }
    }

    /// For registries that are marked insecure; being an extended manager, it also spares the check
    /// of the host name.
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
