package dev.kelpie.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.spec.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against a server on this host's loopback that says what it is told, also what no server should.
@Timeout(60)
class NetworkAskerTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    /// What a server does with a connection.
    @FunctionalInterface
    private interface Script {
        void play(Socket socket) throws IOException, InterruptedException;
    }

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private volatile Script script;
    private final NetworkAsker asker = new NetworkAsker(new Loopback());

    private static final class Loopback implements Dialler {
        @Override
        public SocketChannel socket(boolean ipv6) throws IOException {
            return SocketChannel.open();
        }

        @Override
        public InetAddress self() {
            return InetAddress.getLoopbackAddress();
        }
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        script = socket -> {};
        Thread.startVirtualThread(() -> {
            while (!server.isClosed()) {
                try {
                    var socket = server.accept();
                    Thread.startVirtualThread(() -> serve(socket));
                } catch (IOException _) {
                    return;
                }
            }
        });
    }

    private void serve(Socket socket) {
        try (socket) {
            script.play(socket);
        } catch (IOException _) {
            return; // the other side went
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private Handler.HttpGet get(String path, Handler.HttpHeader... headers) {
        return new Handler.HttpGet(
                false, Optional.empty(), server.getLocalPort(), path, List.of(headers));
    }

    private Script answering(String text) {
        return socket -> {
            requests.add(head(socket.getInputStream()));
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.getInputStream().readAllBytes();
        };
    }

    private static String head(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (!text.toString().endsWith("\r\n\r\n")) {
            var next = in.read();
            if (next < 0) {
                break;
            }
            text.append((char) next);
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({"200, true", "204, true", "301, true", "399, true", "400, false", "500, false"})
    void passesFrom200To399(int status, boolean passes) throws InterruptedException {
        script = answering("HTTP/1.1 " + status + " X\r\nContent-Length: 2\r\n\r\nok");
        var answer = asker.ask(get("/"), LONG);
        assertThat(answer.passed()).isEqualTo(passes);
        if (!passes) {
            assertThat(answer.output()).isEqualTo("HTTP probe failed with statuscode: " + status);
        }
    }

    @Test
    void sendsItsHeadersAndTheUsersInstead() throws InterruptedException {
        script = answering("HTTP/1.1 200 OK\r\n\r\n");
        asker.ask(
                get(
                        "health?x=1",
                        new Handler.HttpHeader("Host", "shop.example"),
                        new Handler.HttpHeader("X-Probe", "a\r\nEvil: b")),
                LONG);
        assertThat(requests.getFirst())
                .startsWith(
                        "GET /health?x=1 HTTP/1.1\r\nHost: shop.example\r\nUser-Agent: kube-probe/")
                .contains("X-Probe: a  Evil: b\r\n")
                .endsWith("Connection: close\r\n\r\n");
    }

    @Test
    void followsRedirectsOnTheSameHost() throws InterruptedException {
        script =
                socket -> {
                    var head = head(socket.getInputStream());
                    requests.add(head);
                    var to = head.startsWith("GET /new") ? "500 No" : "302 X\r\nLocation: /new";
                    socket.getOutputStream()
                            .write(
                                    ("HTTP/1.1 " + to + "\r\n\r\n")
                                            .getBytes(StandardCharsets.US_ASCII));
                };
        assertThat(asker.ask(get("/old"), LONG).passed()).isFalse();
        assertThat(requests).hasSize(2);
        script = answering("HTTP/1.1 302 X\r\nLocation: http://elsewhere.example/\r\n\r\n");
        assertThat(asker.ask(get("/old"), LONG).passed()).isTrue();
        script = answering("HTTP/1.1 302 X\r\nLocation: /old\r\n\r\n");
        assertThat(asker.ask(get("/old"), LONG).output()).contains("stopped after 10 redirects");
    }

    @Test
    void isCutOffWhenNobodyAnswers() throws InterruptedException {
        script = socket -> Thread.sleep(10_000);
        var answer = asker.ask(get("/"), SHORT);
        assertThat(answer.passed()).isFalse();
        assertThat(answer.output()).contains("context deadline exceeded");
    }

    @Test
    void isCutOffFromAnAnswerWithoutEnd() throws InterruptedException {
        script =
                socket -> {
                    var out = socket.getOutputStream();
                    out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write("X: y\r\n".getBytes(StandardCharsets.US_ASCII));
                    }
                };
        assertThat(asker.ask(get("/"), LONG).output()).contains("more than 200 headers");
        script =
                socket -> {
                    var out = socket.getOutputStream();
                    while (true) {
                        out.write('x');
                        out.flush();
                    }
                };
        assertThat(asker.ask(get("/"), LONG).output()).contains("a line of more than 8 KB");
    }

    @Test
    void readsLittleOfALargeBody() throws InterruptedException {
        var head = "HTTP/1.1 200 OK\r\nContent-Length: 10485760\r\n\r\n";
        script = answering(head + "x".repeat(10_485_760));
        var answer = asker.ask(get("/"), LONG);
        assertThat(answer.passed()).isTrue();
        assertThat(answer.output()).hasSize(10 * 1024);
    }

    @ParameterizedTest
    @CsvSource({"SSH-2.0-Server", "HTTP/1.1 abc", "HTTP/2 200", "''"})
    void refusesWhatIsNoHttp(String line) throws InterruptedException {
        script = answering(line + "\r\n\r\n");
        var answer = asker.ask(get("/"), LONG);
        assertThat(answer.passed()).isFalse();
        assertThat(answer.output()).contains("malformed HTTP response");
    }

    @Test
    void knowsWhetherSomebodyListens() throws InterruptedException, IOException {
        var here = new Handler.TcpSocket(Optional.empty(), server.getLocalPort());
        assertThat(asker.ask(here, LONG).passed()).isTrue();
        int free;
        try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = gone.getLocalPort();
        }
        var nobody = asker.ask(new Handler.TcpSocket(Optional.empty(), free), LONG);
        assertThat(nobody.output()).startsWith("dial tcp 127.0.0.1:" + free + ": ");
    }

    private Handler.Grpc grpc(String service) {
        return new Handler.Grpc(server.getLocalPort(), service);
    }

    /// SETTINGS, a PING, HEADERS that nobody reads, then what is given.
    private Script speakingHttp2(byte[]... frames) {
        return socket -> {
            var out = socket.getOutputStream();
            out.write(GrpcFrames.frame(GrpcFrames.SETTINGS, 0, 0, new byte[0]));
            out.write(GrpcFrames.frame(GrpcFrames.PING, 0, 0, new byte[8]));
            out.write(GrpcFrames.frame(GrpcFrames.HEADERS, 4, 1, new byte[] {(byte) 0x88}));
            for (var frame : frames) {
                out.write(frame);
            }
            out.flush();
            socket.getInputStream().readAllBytes();
        };
    }

    private static byte[] status(int number) {
        return GrpcFrames.frame(
                GrpcFrames.DATA, 0, 1, new byte[] {0, 0, 0, 0, 2, 8, (byte) number});
    }

    @Test
    void asksTheGrpcHealthService() throws InterruptedException {
        script = speakingHttp2(status(1));
        assertThat(asker.ask(grpc(""), LONG).passed()).isTrue();
        script = speakingHttp2(status(2));
        assertThat(asker.ask(grpc("db"), LONG).output()).contains("NOT_SERVING");
    }

    @Test
    void putsAnAnswerInPiecesTogether() throws InterruptedException {
        script =
                speakingHttp2(
                        GrpcFrames.frame(GrpcFrames.DATA, 0, 1, new byte[] {0, 0, 0}),
                        GrpcFrames.frame(GrpcFrames.DATA, 8, 1, new byte[] {1, 0, 2, 0}),
                        GrpcFrames.frame(GrpcFrames.DATA, 0, 1, new byte[] {8, 1}));
        assertThat(asker.ask(grpc(""), LONG).passed()).isTrue();
    }

    @Test
    void saysSoWhenThereIsNoHealthService() throws InterruptedException {
        script = speakingHttp2(GrpcFrames.frame(GrpcFrames.HEADERS, 5, 1, new byte[] {1}));
        assertThat(asker.ask(grpc(""), LONG).output()).contains("does not implement");
        script = answering("HTTP/1.1 400 Bad Request\r\n\r\n");
        assertThat(asker.ask(grpc(""), LONG).output()).contains("not HTTP/2");
        script = socket -> Thread.sleep(10_000);
        assertThat(asker.ask(grpc(""), SHORT).output()).startsWith("timeout: ");
    }
}
