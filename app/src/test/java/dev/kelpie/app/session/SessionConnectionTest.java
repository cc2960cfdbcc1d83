package dev.kelpie.app.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SessionConnectionTest {
    private final FakeWire wire = new FakeWire();
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicInteger sessions = new AtomicInteger(1);
    private final Bounds bounds = Bounds.of(sessions);

    @Test
    void givesBackTheCommandsOutputAndStatus() throws InterruptedException {
        connect(
                session -> {
                    session.stdout().print("out " + session.arguments());
                    session.stderr().print("err");
                    return 42;
                },
                "ps");

        assertThat(exitStatus()).isEqualTo(42);
        assertThat(wire.bytes(1)).asString().isEqualTo("out [ps]");
        assertThat(wire.bytes(2)).asString().isEqualTo("err");
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    void asksForStdinOnlyWhenTheCommandReadsIt() throws InterruptedException {
        var connection =
                connect(
                        session -> {
                            session.stdout().print(readAll(session));
                            return 0;
                        },
                        "cat");

        assertThat(wire.await(FrameType.CREDIT).getInt()).isZero();
        connection.receive(ClientBytes.data(0, "hello"));
        connection.receive(ClientBytes.end(0));
        assertThat(exitStatus()).isZero();
        assertThat(wire.bytes(1)).asString().isEqualTo("hello");
    }

    @Test
    void doesNotAskForStdinThatNobodyReads() throws InterruptedException {
        connect(_ -> 0, "ps");

        assertThat(exitStatus()).isZero();
        assertThat(wire.payloads(FrameType.CREDIT)).isEmpty();
    }

    @Test
    void closesASessionThatSendsWhatNobodyAskedFor() throws InterruptedException {
        var connection = connect(SessionConnectionTest::sleepUntilInterrupted, "sleep");

        connection.receive(ClientBytes.data(0, "unasked"));

        done.await();
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    void closesAConnectionThatDoesNotBeginWithItsStart() throws InterruptedException {
        var connection =
                new SessionConnection("test", _ -> 0, wire, bounds, new FakeSeat(done::countDown));

        connection.receive(ClientBytes.signal(2));

        done.await();
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    void closesASessionThatGivesMoreCreditThanItTook() throws InterruptedException {
        var connection = connect(SessionConnectionTest::sleepUntilInterrupted, "sleep");

        connection.receive(ClientBytes.numbers(FrameType.CREDIT, 1, 1));

        done.await();
        assertThat(wire.isClosed()).isTrue();
    }

    @Test
    void interruptsTheCommandOfAClientThatHasGone() throws InterruptedException {
        var connection = connect(SessionConnectionTest::sleepUntilInterrupted, "sleep");

        connection.closed();

        done.await();
        assertThat(done.getCount()).isZero();
    }

    @Test
    void endsACommandByASignalThatItDoesNotHandle() throws InterruptedException {
        var connection = connect(SessionConnectionTest::sleepUntilInterrupted, "sleep");

        connection.receive(ClientBytes.signal(15));

        assertThat(exitStatus()).isEqualTo(143);
    }

    @Test
    void givesSignalsToTheCommandThatWantsThem() throws InterruptedException {
        var heard = new AtomicReference<Signal>();
        var listening = new CountDownLatch(1);
        var latch = new CountDownLatch(1);
        var connection =
                connect(
                        session -> {
                            session.onSignal(signal -> {
                                heard.set(signal);
                                latch.countDown();
                            });
                            listening.countDown();
                            latch.await();
                            return 0;
                        },
                        "run");
        listening.await();

        connection.receive(ClientBytes.signal(2));

        assertThat(exitStatus()).isZero();
        assertThat(heard.get()).isEqualTo(Signal.INT);
    }

    @Test
    void holdsBackACommandWhoseClientDoesNotRead() throws InterruptedException {
        var connection =
                connect(
                        session -> {
                            session.stdout().write(new byte[1 << 20], 0, 1 << 20);
                            return 0;
                        },
                        "big");

        while (wire.bytes(1).length < StreamWindow.LARGEST) {
            Thread.onSpinWait();
        }
        assertThat(wire.payloads(FrameType.EXIT)).isEmpty();
        for (int i = 0; i < 3; i++) {
            while (wire.bytes(1).length < (i + 1) * StreamWindow.LARGEST) {
                Thread.onSpinWait();
            }
            connection.receive(ClientBytes.numbers(FrameType.CREDIT, 1, StreamWindow.LARGEST));
        }
        assertThat(exitStatus()).isZero();
        assertThat(wire.bytes(1)).hasSize(1 << 20);
    }

    @Test
    void holdsBackEarlierWhenThereAreManySessions() throws InterruptedException {
        sessions.set(300);
        var connection =
                connect(
                        session -> {
                            session.stdout().write(new byte[1 << 20], 0, 1 << 20);
                            return 0;
                        },
                        "big");

        while (wire.bytes(1).length < bounds.window().bytes()) {
            Thread.onSpinWait();
        }
        assertThat(wire.bytes(1)).hasSize(16 * (1 << 20) / 300);
        connection.closed();
    }

    @Test
    void refusesALargeStartWhenOthersHoldTheRoom() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            var other =
                    new SessionConnection(
                            "other", _ -> 0, new FakeWire(), bounds, new FakeSeat(() -> {}));
            other.receive(new byte[] {FrameType.START, 0, 0x3f, -1, -1});
        }
        var connection =
                new SessionConnection("test", _ -> 0, wire, bounds, new FakeSeat(done::countDown));
        connection.receive(new byte[] {FrameType.START, 0, 0x3f, -1, -1});

        done.await();
        assertThat(wire.isClosed()).isTrue();
        var seat = new FakeSeat(() -> {});
        new SessionConnection("modest", _ -> 0, new FakeWire(), bounds, seat)
                .receive(ClientBytes.start("ps"));
        assertThat(seat.isTaken()).isTrue();
    }

    @Test
    void readsAFileThatTheClientOpens() throws InterruptedException {
        var connection =
                connect(
                        session -> {
                            try (var file = session.openFile("pod.yaml")) {
                                session.stdout().print(new String(file.readAllBytes(), UTF_8));
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                            return 0;
                        },
                        "play");

        int request = wire.await(FrameType.OPEN).getInt();
        connection.receive(ClientBytes.numbers(FrameType.OPENED, request));
        wire.await(FrameType.CREDIT);
        connection.receive(ClientBytes.data(request, "kind: Pod"));
        connection.receive(ClientBytes.end(request));

        assertThat(exitStatus()).isZero();
        assertThat(wire.bytes(1)).asString().isEqualTo("kind: Pod");
        assertThat(wire.payloads(FrameType.CLOSE)).hasSize(1);
    }

    @Test
    void saysWhyTheClientCouldNotOpenAFile() throws InterruptedException {
        var connection =
                connect(
                        session -> {
                            try (var _ = session.openFile("no.yaml")) {
                                return 0;
                            } catch (ClientFileException | IOException e) {
                                session.stderr().print(e.getMessage());
                                return 125;
                            }
                        },
                        "play");

        int request = wire.await(FrameType.OPEN).getInt();
        connection.receive(
                ClientBytes.frame(
                        FrameType.REFUSED,
                        out -> {
                            out.writeInt(request);
                            out.writeBytes("no such file or directory");
                        }));

        assertThat(exitStatus()).isEqualTo(125);
        assertThat(wire.bytes(2)).asString().isEqualTo("open no.yaml: no such file or directory");
    }

    @Test
    void tellsOfACommandThatFailsUnexpectedly() throws InterruptedException {
        connect(
                _ -> {
                    throw new IllegalStateException("no idea");
                },
                "bad");

        assertThat(exitStatus()).isEqualTo(125);
        assertThat(wire.bytes(2)).asString().contains("no idea");
    }

    private SessionConnection connect(CommandLine command, String argument) {
        var connection =
                new SessionConnection("test", command, wire, bounds, new FakeSeat(done::countDown));
        connection.receive(ClientBytes.start(argument));
        return connection;
    }

    private int exitStatus() throws InterruptedException {
        done.await();
        return wire.payloads(FrameType.EXIT).getFirst().get() & 0xff;
    }

    private static String readAll(Session session) {
        try {
            return new String(session.stdin().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int sleepUntilInterrupted(Session session) throws InterruptedException {
        new CountDownLatch(1).await();
        return 0;
    }
}
