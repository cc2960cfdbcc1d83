package dev.kelpie.app.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real client against a real server, with commands made for the test.
class ClientSessionIT {
    private static final int TEN_MEGABYTES = 10 << 20;

    private static final String UPGRADE =
            """
            GET /kelpie/session HTTP/1.1
            Host: k
            Connection: Upgrade
            Upgrade: kelpie-session/2

            """;

    @TempDir Path directory;

    private final BlockingQueue<String> happened = new LinkedBlockingQueue<>();
    private ClientRun client;

    @BeforeEach
    void listen() throws Exception {
        client = new ClientRun(directory, this::run);
    }

    @AfterEach
    void close() throws Exception {
        client.close();
    }

    @Test
    void endsWithTheCommandsStatus() throws Exception {
        assertThat(client.start("exit").waitFor()).isEqualTo(42);
    }

    @Test
    void keepsOutputAndErrorsApart() throws Exception {
        var process = client.start("both");

        assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("to stdout ü");
        assertThat(process.errorReader(UTF_8).readLine()).isEqualTo("to stderr");
    }

    @Test
    void carriesTenMegabytesBothWays() throws Exception {
        var process = client.start("cat");
        var writer =
                Thread.ofPlatform()
                        .start(() -> {
                            try (var in = process.getOutputStream()) {
                                in.write(pattern());
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });

        assertThat(process.getInputStream().readAllBytes()).isEqualTo(pattern());
        writer.join();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void handsSignalsOn() throws Exception {
        var process = client.start("trap");
        process.inputReader().readLine();
        new ProcessBuilder("kill", "-USR1", Long.toString(process.pid())).start().waitFor();

        assertThat(happened.take()).isEqualTo("signal 10");
        assertThat(process.waitFor()).isEqualTo(7);
    }

    @Test
    void isEndedByASignalThatTheCommandDoesNotHandle() throws Exception {
        var process = client.start("sleep");
        process.inputReader().readLine();
        process.destroy();

        assertThat(process.waitFor()).isEqualTo(143);
    }

    @Test
    void interruptsTheCommandWhenItIsKilled() throws Exception {
        var process = client.start("sleep");
        process.inputReader().readLine();
        process.destroyForcibly();

        assertThat(happened.take()).isEqualTo("interrupted");
    }

    @Test
    void endsAsIfBySigpipeWhenNobodyReadsItsOutput() throws Exception {
        var process = client.start("yes");
        process.getInputStream().close();

        assertThat(process.waitFor()).isEqualTo(141);
    }

    @Test
    void doesNotHoldUpOthersWhenItsOutputIsNotRead() throws Exception {
        var stalled = client.start("yes");
        while (stalled.getInputStream().available() == 0) {
            Thread.onSpinWait();
        }

        assertThat(client.start("exit").waitFor()).isEqualTo(42);
        stalled.destroyForcibly();
    }

    @Test
    void opensAndListsFilesForTheCommand() throws Exception {
        Files.writeString(directory.resolve("pod.yaml"), "kind: Pod");
        Files.createDirectory(directory.resolve("folder"));
        var process = client.start("files");

        assertThat(process.inputReader(UTF_8).readAllAsString().lines())
                .contains(
                        "kind: Pod",
                        "open no.yaml: no such file or directory",
                        "open folder: is a directory",
                        "folder DIRECTORY",
                        "pod.yaml FILE",
                        "nothing: false");
    }

    @Test
    void tellsOfItsTerminal() throws Exception {
        client.terminal("01", "24 80");
        var process = client.start("terminal");

        assertThat(process.inputReader().readLine())
                .isEqualTo("true true false TerminalSize[rows=24, columns=80]");
    }

    @Test
    void handsOverArgumentsAndEnvironmentUnchanged() throws Exception {
        var process = client.start("echo", "", "ä b", "--flag=x y", "$HOME");

        assertThat(process.inputReader(UTF_8).readLine())
                .isEqualTo("[echo, , ä b, --flag=x y, $HOME] größer " + directory);
    }

    @Test
    void losesOnlyItselfWhenItSendsNonsense() throws Exception {
        var running = client.start("sleep");
        running.inputReader().readLine();
        try (var hostile = SocketChannel.open(UnixDomainSocketAddress.of(client.socket()))) {
            hostile.write(ByteBuffer.wrap(UPGRADE.replace("\n", "\r\n").getBytes(UTF_8)));
            var answer = ByteBuffer.allocate(1024);
            hostile.read(answer);
            hostile.write(ByteBuffer.wrap(new byte[] {1, -1, -1, -1, -1, 0, 0}));
            answer.clear();
            assertThat(hostile.read(answer)).isEqualTo(-1);
        }

        assertThat(running.isAlive()).isTrue();
        assertThat(client.start("exit").waitFor()).isEqualTo(42);
        running.destroyForcibly();
    }

    private int run(Session session) throws InterruptedException {
        return switch (session.arguments().getFirst()) {
            case "exit" -> 42;
            case "both" -> both(session);
            case "cat" -> cat(session);
            case "trap" -> trap(session);
            case "sleep" -> sleep(session);
            case "yes" -> yes(session);
            case "files" -> files(session);
            case "terminal" -> terminal(session);
            case "echo" -> echo(session);
            default -> 125;
        };
    }

    private static int both(Session session) {
        session.stdout().println("to stdout ü");
        session.stderr().println("to stderr");
        return 0;
    }

    private static int cat(Session session) {
        try {
            session.stdin().transferTo(session.stdout());
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int trap(Session session) throws InterruptedException {
        var caught = new CountDownLatch(1);
        session.onSignal(signal -> {
            happened.add("signal " + signal.number());
            caught.countDown();
        });
        session.stdout().println("ready");
        caught.await();
        return 7;
    }

    private int sleep(Session session) throws InterruptedException {
        session.stdout().println("ready");
        try {
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            happened.add("interrupted");
            throw e;
        }
    }

    private static int yes(Session session) {
        var lines = new byte[8192];
        while (!session.stdout().checkError()) {
            session.stdout().write(lines, 0, lines.length);
        }
        return 0;
    }

    private static int files(Session session) {
        var out = session.stdout();
        try (var file = session.openFile("pod.yaml")) {
            out.println(new String(file.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (var name : new String[] {"no.yaml", "folder"}) {
            try (var _ = session.openFile(name)) {
                out.println("opened " + name);
            } catch (ClientFileException | IOException e) {
                out.println(e.getMessage());
            }
        }
        session.listDirectory(".").forEach(each -> out.println(each.name() + " " + each.kind()));
        out.println("nothing: " + session.lookUp("nothing").isPresent());
        return 0;
    }

    private static int terminal(Session session) {
        session.stdout()
                .println(
                        session.isTerminal(StandardStream.STDIN)
                                + " "
                                + session.isTerminal(StandardStream.STDOUT)
                                + " "
                                + session.isTerminal(StandardStream.STDERR)
                                + " "
                                + session.terminalSize().orElseThrow());
        return 0;
    }

    private static int echo(Session session) {
        session.stdout()
                .println(
                        session.arguments()
                                + " "
                                + session.environment().get("WORD")
                                + " "
                                + session.workingDirectory());
        return 0;
    }

    private static byte[] pattern() {
        var bytes = new byte[TEN_MEGABYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + (i >> 13));
        }
        return bytes;
    }
}
