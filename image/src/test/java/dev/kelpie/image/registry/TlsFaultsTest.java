package dev.kelpie.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.kelpie.image.RegistryException;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.store.PlainLayerTrees;
import dev.kelpie.image.store.UnpackLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Registries whose TLS is not to be trusted, or none.
class TlsFaultsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir Path temp;

    @Test
    void refusesACertificateThatNobodyVouchesForAndSaysWhatHelps() throws Exception {
        try (var server = secured("CN=localhost")) {
            assertThatThrownBy(() -> pull("localhost:" + server.port(), PullOptions.DEFAULT))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("registry 'localhost:" + server.port() + "'")
                    .hasMessageContaining("cannot be trusted")
                    .hasMessageContaining("--tls-verify=false");
            assertThatThrownBy(() ->
                            pull(
                                    "localhost:" + server.port(),
                                    PullOptions.DEFAULT.withTlsVerify(false)))
                    .as("TLS is fine then, and it has no images")
                    .hasMessageContaining("does not have it (404)");
        }
    }

    @Test
    void refusesWhatDoesNotSpeakTls() throws Exception {
        try (var registry = new FakeRegistry()) {
            assertThatThrownBy(() -> pull(registry.host(), PullOptions.DEFAULT))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining(registry.host());
            assertThat(registry.requests).as("nothing was said in the clear").isEmpty();
        }
    }

    @Test
    void saysWhenTheOtherSideHangsUp() throws Exception {
        try (var socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            while (true) {
                                socket.accept().close();
                            }
                        } catch (IOException e) {
                            // closed: the test is over
                        }
                    });
            var host = "localhost:" + socket.getLocalPort();
            assertThatThrownBy(() -> pull(host, PullOptions.DEFAULT))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("registry '" + host + "'");
        }
    }

    private void pull(String host, PullOptions options) throws InterruptedException {
        var root = temp.resolve("root");
        var store = ImageStore.open(root, new PlainLayerTrees(), UnpackLimits.DEFAULT);
        try {
            new Puller(store, RegistrySettings.NONE, Duration.ofMillis(1))
                    .pull(ImageReference.parse(host + "/team/app:v1"), options, event -> {});
        } finally {
            assertThat(root.resolve("ingest")).isEmptyDirectory();
            assertThat(root.resolve("content/blobs/sha256")).isEmptyDirectory();
        }
    }

    private record Secured(HttpsServer server, int port) implements AutoCloseable {
        @Override
        public void close() {
            server.stop(0);
        }
    }

    private Secured secured(String name) throws Exception {
        var server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(name)));
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        FakeRegistry.send(
                                exchange,
                                exchange.getRequestURI().getPath().equals("/v2/") ? 200 : 404,
                                "{}");
                    }
                });
        server.start();
        return new Secured(server, server.getAddress().getPort());
    }

    private SSLContext context(String name) throws Exception {
        var file = temp.resolve("keys.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        var process =
                new ProcessBuilder(
                                keytool.toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-dname",
                                name,
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                new String(PASSWORD))
                        .redirectErrorStream(true)
                        .redirectOutput(temp.resolve("keytool.log").toFile())
                        .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
