package dev.kelpie.quadlet.installed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DownloadTest {
    private static final String UNIT = "[Container]\nImage=localhost/i\n";

    private HttpServer server;
    private String address;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/web.container", UNIT);
        answer("/units/web.env", "A=1\n");
        answer("/big.container", "#".repeat((1 << 20) + 1));
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(String path, String text) {
        server.createContext(
                path,
                exchange -> {
                    try (exchange) {
                        exchange.sendResponseHeaders(200, 0);
                        exchange.getResponseBody().write(text.getBytes(UTF_8));
                    }
                });
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aUnitAndItsCompanionsComeFromTheWeb() {
        var source =
                Source.read(List.of(address + "/web.container?raw=1", address + "/units/web.env"));
        assertThat(source.app()).isEqualTo(".web.container.app");
        assertThat(source.files()).containsOnlyKeys("web.container", "web.env");
        assertThat(source.files().get("web.container")).asString(UTF_8).isEqualTo(UNIT);
    }

    @Test
    void saysWhyItDoesNot() {
        assertThatThrownBy(() -> Source.read(List.of(address + "/none.container")))
                .isInstanceOf(InstallException.class)
                .hasMessage("cannot fetch '" + address + "/none.container': the answer is 404");
        assertThatThrownBy(() -> Source.read(List.of(address + "/big.container")))
                .hasMessageEndingWith("it is larger than 1048576 bytes");
        assertThatThrownBy(() -> Source.read(List.of(address + "/")))
                .hasMessage("the address '" + address + "/' names no file");
        assertThatThrownBy(() -> Source.read(List.of(address + "/web.env")))
                .hasMessage("\".env\" is not a supported Quadlet file type");
    }
}
