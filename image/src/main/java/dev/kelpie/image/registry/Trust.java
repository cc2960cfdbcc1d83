package dev.kelpie.image.registry;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
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

    /// Also what `HOST/*.crt` below one of these directories signs.
    static SSLContext of(List<Path> certificateDirectories, String host) {
        try {
            var extra = KeyStore.getInstance(KeyStore.getDefaultType());
            extra.load(null, null);
            var number = 0;
            for (var directory : certificateDirectories) {
                var own = directory.resolve(host);
                if (!Files.isDirectory(own)) {
                    continue;
                }
                try (var files = Files.newDirectoryStream(own, "*.crt")) {
                    for (var file : files) {
                        try (var in = Files.newInputStream(file)) {
                            for (var certificate :
                                    CertificateFactory.getInstance("X.509")
                                            .generateCertificates(in)) {
                                extra.setCertificateEntry("extra" + number++, certificate);
                            }
                        }
                    }
                }
            }
            return number == 0
                    ? SSLContext.getDefault()
                    : context(new Either(managerOf(null), managerOf(extra)));
        } catch (IOException | GeneralSecurityException e) {
            throw new dev.kelpie.image.ImageStoreException(
                    "cannot read the certificates for '" + host + "': " + e.getMessage(), e);
        }
    }

    private static SSLContext context(TrustManager manager) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {manager}, null);
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
