package dev.kelpie.app.session;

import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Turns an HTTP upgrade (`GET /kelpie/session`, `Upgrade: kelpie-session/2`) into a session.
public final class SessionServer {
    /// Where clients ask for a session.
    public static final String PATH = "/kelpie/session";

    /// What they ask to upgrade to.
    public static final String PROTOCOL = "kelpie-session/2";

    private static final Logger LOG = System.getLogger(SessionServer.class.getName());

    /// With what each may hold, they fit in the service's heap together.
    private static final int MAX_SESSIONS = 300;

    /// Frames that wait for a client beyond all credit: only a client that never reads gets there.
    private static final int MAX_WAITING_BYTES = 1 << 20;

    private final CommandLine commandLine;
    private final Supplier<AutoCloseable> activity;
    private final Predicate<String> leavesFor;
    private final AtomicLong names = new AtomicLong();
    private final AtomicInteger running = new AtomicInteger();
    private final Bounds bounds = Bounds.of(running);

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
    ///
    /// @param started is run when the client has said what it wants; until then nothing holds its
    ///   place but the connection
    public void handle(HttpServerRequest request, Runnable started) {
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
        if (running.get() >= MAX_SESSIONS) {
            request.response().setStatusCode(503).end("too many sessions\n");
            return;
        }
        var place = new Place(started, activity.get());
        // Quarkus hands requests over paused; a socket's bytes must flow
        request.resume();
        var peer = peer(request.connection());
        request.toNetSocket()
                .onSuccess(socket -> open(socket, place, peer))
                .onFailure(e -> {
                    LOG.log(Level.WARNING, "cannot upgrade to a session", e);
                    place.leave();
                });
    }

    /// The process at the other end of a unix socket (unix(7), SO_PEERCRED).
    private static OptionalInt peer(HttpConnection connection) {
        try {
            return connection instanceof ConnectionBase base
                            && base.channel() instanceof EpollDomainSocketChannel channel
                    ? OptionalInt.of(channel.peerCredentials().pid())
                    : OptionalInt.empty();
        } catch (IOException _) {
            return OptionalInt.empty();
        }
    }

    private void open(NetSocket socket, Place place, OptionalInt peer) {
        var loop = Objects.requireNonNull(Vertx.currentContext());
        var wire = new SocketWire(loop, socket, peer);
        var name = "session-" + names.incrementAndGet();
        var connection = new SessionConnection(name, commandLine, wire, bounds, place);
        socket.setWriteQueueMaxSize(MAX_WAITING_BYTES);
        socket.handler(buffer -> connection.receive(buffer.getBytes()));
        socket.closeHandler(_ -> connection.closed());
        socket.exceptionHandler(_ -> socket.close());
    }

    private final class Place implements Seat {
        private final Runnable started;
        private final AutoCloseable busy;
        private final AtomicBoolean taken = new AtomicBoolean();

        Place(Runnable started, AutoCloseable busy) {
            this.started = started;
            this.busy = busy;
        }

        @Override
        public boolean take() {
            if (running.incrementAndGet() > MAX_SESSIONS) {
                running.decrementAndGet();
                return false;
            }
            taken.set(true);
            started.run();
            return true;
        }

        @Override
        public void leave() {
            if (taken.getAndSet(false)) {
                running.decrementAndGet();
            }
            try {
                busy.close();
            } catch (Exception e) {
                throw new IllegalStateException("activity could not be closed", e);
            }
        }
    }

    /// Only the event loop touches the socket: Vert.x guards it with monitors, and a virtual thread
    /// that was blocked on one while the loop was busy has been seen not to wake up (JDK 25.0.3).
    private record SocketWire(Context loop, NetSocket socket, OptionalInt peer) implements Wire {
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
