package dev.kelpie.app.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A client that means harm, or is broken: the service neither ends nor grows, and answers others
/// meanwhile. The bounds are those of `docs/security.md`.
@Timeout(180)
class HostileClientIT {
    /// Far above what the service needs and far below what an unbounded one would take.
    private static final long MOST_RSS_KIB = 450_000;

    @TempDir static Path directory;

    private static ServiceRun run;
    private static ProcessHandle service;

    private final List<HostileClient> clients = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        run = new ServiceRun(directory);
        assertThat(run.kelpie("system", "service", "--time", "0").waitFor()).isZero();
        service = run.service().orElseThrow();
    }

    @AfterAll
    static void stop() throws Exception {
        run.close();
    }

    @AfterEach
    void serviceIsWell() throws Exception {
        answersOthers();
        for (var client : clients) {
            client.close();
        }
    }

    private void answersOthers() throws Exception {
        assertThat(run.kelpie("version").waitFor()).isZero();
        assertThat(run.service()).contains(service);
        assertThat(residentKib()).isLessThan(MOST_RSS_KIB);
    }

    private long residentKib() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(service.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private Path socket() {
        return run.runRoot().resolve("kelpie.sock");
    }

    private HostileClient say(String text) throws IOException {
        var client = HostileClient.saying(socket(), text);
        clients.add(client);
        return client;
    }

    private HostileClient session() throws IOException {
        var client = say(HostileClient.UPGRADE);
        assertThat(client.some()).startsWith("HTTP/1.1 101 ");
        return client;
    }

    private static byte[] start(String... words) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(words.length);
            for (var word : words) {
                out.writeInt(word.length());
                out.writeBytes(word);
            }
            out.writeInt(1);
            out.writeBytes("/");
            out.writeInt(0);
            out.writeByte(0);
            out.writeInt(0);
            out.writeInt(022);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return frame(1, bytes.size(), bytes.toByteArray());
    }

    private static byte[] frame(int type, int length, byte[] payload) {
        return ByteBuffer.allocate(5 + payload.length)
                .put((byte) type)
                .putInt(length)
                .put(payload)
                .array();
    }

    /// All kinds of slowness at once, because each takes a minute to be told from honesty.
    @Test
    void cutsOffWhoNeverFinishes() throws Exception {
        say("");
        say("GET /_pi");
        say("GET /_ping HTTP/1.1\r\nHost: k\r\nX-Slow: ");
        say("GET /_ping HTTP/1.1\r\nHost: k\r\n\r\n");
        say("POST /_ping HTTP/1.1\r\nHost: k\r\nContent-Length: 1000000\r\n\r\nx");
        say("POST /_ping HTTP/1.1\r\nHost: k\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
        session();
        session().say(new byte[] {1, 0});
        session().say(frame(1, 4 << 20, new byte[100]));
        var drip = say("GET /_ping HTTP/1.1\r\nX-Drip: ");
        var dripping =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            while (drip.say(new byte[] {'x'})) {
                                pause();
                            }
                        });
        answersOthers();
        for (var client : clients) {
            client.answer();
        }
        dripping.join();
    }

    private static void pause() {
        try {
            Thread.sleep(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void makesRoomInThousandsOfConnections() throws Exception {
        for (int i = 0; i < 3000; i++) {
            say("GET /_pi");
        }
        answersOthers();
        assertThat(descriptors()).isLessThan(600);
    }

    @Test
    void makesRoomInThousandsOfHalfOpenSessions() throws Exception {
        for (int i = 0; i < 1500; i++) {
            say(HostileClient.UPGRADE);
        }
        answersOthers();
        assertThat(descriptors()).isLessThan(600);
    }

    private long descriptors() throws IOException {
        try (var all = Files.list(Path.of("/proc", Long.toString(service.pid()), "fd"))) {
            return all.count();
        }
    }

    @Test
    void holdsLittleOfManyHugeStarts() throws Exception {
        var part = new byte[(4 << 20) - 100];
        for (int i = 0; i < 100; i++) {
            session().sayWhatFits(frame(1, 4 << 20, part));
        }
        answersOthers();
    }

    @Test
    void refusesSessionsBeyondItsBound() throws Exception {
        for (int i = 0; i < 300; i++) {
            session().say(start("system", "check", "--never-such-a-flag"));
        }
        answersOthers();
    }

    @Test
    void letsTheOthersWorkWhenHundredsDoNotReadTheirOutput() throws Exception {
        for (int i = 0; i < 200; i++) {
            session().say(start("completion", "bash"));
        }
        answersOthers();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 16, 127, 255})
    void closesOnFramesInTheWrongOrder(int type) throws Exception {
        var early = session();
        early.say(frame(type, 4, new byte[4]));
        assertThat(early.answer()).isEmpty();
        var late = session();
        late.say(start("system", "service", "--time", "0"));
        late.say(frame(type, 0x7fffffff, new byte[64]));
        late.answer();
    }

    @Test
    void takesNoDataThatItDidNotAskFor() throws Exception {
        var client = session();
        client.say(start("load"));
        var data = frame(2, 65_536, new byte[65_536]);
        while (client.say(data)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void refusesHugeHeaders() throws Exception {
        var header = say("GET /_ping HTTP/1.1\r\nHost: k\r\nX-Big: " + "x".repeat(1 << 20));
        assertRefused(header, 431);
        var line = say("GET /" + "x".repeat(1 << 20) + " HTTP/1.1\r\nHost: k\r\n\r\n");
        assertRefused(line, 414);
        var many = say("GET /_ping HTTP/1.1\r\n" + "A: b\r\n".repeat(100_000) + "\r\n");
        assertRefused(many, 431);
    }

    /// The answer is lost when the service closes while bytes of ours are still under way.
    private static void assertRefused(HostileClient client, int status) {
        assertThat(client.answer()).matches("(?s)|HTTP/1\\.[01] " + status + " .*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ZZZ\r\nxx\r\n0\r\n\r\n",
                "-1\r\nxx\r\n",
                "ffffffffffffffff\r\nx",
                "7fffffff\r\nx",
                "5;" + "ext=",
                "2\r\nabcdefgh\r\n",
                "\r\n\r\n\r\n"
            })
    void survivesNonsenseInChunks(String body) throws Exception {
        var head = "POST /_ping HTTP/1.1\r\nHost: k\r\nTransfer-Encoding: chunked\r\n\r\n";
        say(head + body);
        say(head.replace("Transfer", "Content-Length: 5\r\nTransfer") + body);
        answersOthers();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/_ping", "/version", "/v5.0.0/libpod/containers/create", "/nothing"})
    void keepsNothingOfAnEndlessBody(String path) throws Exception {
        var client =
                say(
                        "POST "
                                + path
                                + " HTTP/1.1\r\nHost: k\r\nContent-Type: application/json\r\n"
                                + "Transfer-Encoding: chunked\r\n\r\n");
        var json = "[".repeat(0x10000).getBytes(ISO_8859_1);
        var chunk = ByteBuffer.allocate(json.length + 9);
        chunk.put("10000\r\n".getBytes(ISO_8859_1)).put(json).put("\r\n".getBytes(ISO_8859_1));
        long said = 0;
        for (int i = 0; i < 4000; i++) {
            int fits = client.sayWhatFits(chunk.array());
            said += fits;
            if (fits < chunk.capacity()) {
                break;
            }
        }
        assertThat(said).isLessThan(256L << 20);
        answersOthers();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../../../../../etc/passwd",
                "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
                "/..%2f..%2f..%2fetc/passwd",
                "/v1.44/../../etc/passwd",
                "/v1.44//etc/passwd",
                "//etc/passwd",
                "/%00/etc/passwd",
                "/%zz",
                "/\\..\\..\\etc\\passwd",
                "http://elsewhere/etc/passwd",
                "*",
                "/kelpie/session/../../etc/passwd",
                "/v99999999999999999999999.0/_ping/x"
            })
    void knowsNoPathOutOfItsApi(String path) throws Exception {
        var answer =
                say("GET " + path + " HTTP/1.1\r\nHost: k\r\nConnection: close\r\n\r\n").answer();
        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("root:x:0", "Exception");
    }
}
