package dev.kelpie.app.session;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Turns an HTTP upgrade (`GET /kelpie/session`, `Upgrade: kelpie-session/1`) into a session.
public final class SessionServer {
    /// Where clients ask for a session.
    public static final String PATH = "/kelpie/session";

    /// What they ask to upgrade to.
    public static final String PROTOCOL = "kelpie-session/1";

    private static final Logger LOG = System.getLogger(SessionServer.class.getName());

    private static final int MAX_SESSIONS = 1000;

    /// Frames that wait for a client beyond all credit: only a client that never reads gets there.
    private static final int MAX_WAITING_BYTES = 4 << 20;

    private final CommandLine commandLine;
    private final Supplier<AutoCloseable> activity;
    private final Predicate<String> leavesFor;
    private final AtomicLong names = new AtomicLong();
    private final AtomicInteger running = new AtomicInteger();

    /// @param activity is opened for each session and closed at its end: the service stays
    ///   meanwhile
    /// @param leavesFor whether the service makes room for a client of this build, and then does
    public SessionServer(
            CommandLine commandLine,
            Supplier<AutoCloseable> activity,
            Predicate<String> leavesFor) {
        this.commandLine = commandLine;
        this.activity = activity;
        this.leavesFor = leavesFor;
    }

    /// How many sessions there are now.
    public int running() {
        return running.get();
    }

    /// Answers one request on the session path.
    public void handle(HttpServerRequest request) {
        if (!PROTOCOL.equals(request.getHeader("Upgrade"))) {
            request.response()
                    .setStatusCode(426)
                    .putHeader("Upgrade", PROTOCOL)
                    .putHeader("Connection", "Upgrade")
                    .end("upgrade to " + PROTOCOL + " is required\n");
            return;
        }
        var build = request.getHeader("Kelpie-Build");
        if (build != null && leavesFor.test(build)) {
            request.response().setStatusCode(409).end("this service is leaving\n");
            return;
        }
        if (running.incrementAndGet() > MAX_SESSIONS) {
            running.decrementAndGet();
            request.response().setStatusCode(503).end("too many sessions\n");
            return;
        }
        var busy = activity.get();
        // Quarkus hands requests over paused; a socket's bytes must flow
        request.resume();
        request.toNetSocket()
                .onSuccess(socket -> open(socket, busy))
                .onFailure(e -> {
                    LOG.log(Level.WARNING, "cannot upgrade to a session", e);
                    done(busy);
                });
    }

    private void open(NetSocket socket, AutoCloseable busy) {
        var wire = new SocketWire(Objects.requireNonNull(Vertx.currentContext()), socket);
        var name = "session-" + names.incrementAndGet();
        var connection = new SessionConnection(name, commandLine, wire, () -> done(busy));
        socket.setWriteQueueMaxSize(MAX_WAITING_BYTES);
        socket.handler(buffer -> connection.receive(buffer.getBytes()));
        socket.closeHandler(_ -> connection.closed());
        socket.exceptionHandler(_ -> socket.close());
    }

    private void done(AutoCloseable busy) {
        running.decrementAndGet();
        try {
            busy.close();
        } catch (Exception e) {
            throw new IllegalStateException("activity could not be closed", e);
        }
    }

    /// Only the event loop touches the socket: Vert.x guards it with monitors, and a virtual thread
    /// that was blocked on one while the loop was busy has been seen not to wake up (JDK 25.0.3).
    private record SocketWire(Context loop, NetSocket socket) implements Wire {
        @Override
        public void send(byte[] frame) {
            loop.runOnContext(_ -> write(frame));
        }

        @Override
        public void close() {
            loop.runOnContext(_ -> socket.end());
        }

        private void write(byte[] frame) {
            if (socket.writeQueueFull()) {
                socket.close();
            } else {
                socket.write(Buffer.buffer(frame)).onFailure(_ -> {});
            }
        }
    }
}
