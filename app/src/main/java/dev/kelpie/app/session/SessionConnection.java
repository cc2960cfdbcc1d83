package dev.kelpie.app.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/// One client's connection: from the first frame to the exit status. Bytes come in on the network's
/// thread; the command runs on a virtual thread of its own.
final class SessionConnection {
    private static final Logger LOG = System.getLogger(SessionConnection.class.getName());
    private static final CappedLog REFUSED = new CappedLog(LOG);

    /// Something is wrong with the command or with Kelpie, not with the container (`podman(1)`).
    private static final int ENGINE_ERROR = 125;

    private final String name;
    private final CommandLine commandLine;
    private final Wire wire;
    private final Seat seat;
    private final Bounds bounds;
    private final StartRoom.Share share;
    private final FrameDecoder decoder;
    private @Nullable RemoteSession session;
    private @Nullable Thread thread;
    private volatile @Nullable Signal interruptedBy;
    private volatile boolean finished;
    private boolean closed;

    /// @param seat is left once, when command and connection are both done with
    SessionConnection(String name, CommandLine commandLine, Wire wire, Bounds bounds, Seat seat) {
        this.name = name;
        this.commandLine = commandLine;
        this.wire = wire;
        this.bounds = bounds;
        this.share = bounds.room().share();
        this.decoder = new FrameDecoder(this::accept, share);
        this.seat = seat;
    }

    /// Takes bytes from the client. A client that breaks the protocol loses its connection.
    void receive(byte[] bytes) {
        if (closed || finished) {
            return; // what was on its way when the command ended
        }
        try {
            decoder.feed(bytes);
        } catch (ProtocolException e) {
            REFUSED.warn(name + ": closed, " + e.getMessage());
            wire.close();
            closed();
        }
    }

    /// The connection is closed, by whomever.
    void closed() {
        if (closed) {
            return;
        }
        closed = true;
        if (session != null) {
            session.end();
        }
        if (thread != null) {
            thread.interrupt();
        } else {
            leave();
        }
    }

    private void accept(ClientFrame frame) {
        if (closed) {
            return;
        }
        if (session != null) {
            session.receive(frame);
        } else if (frame instanceof ClientFrame.Start(StartRequest request)) {
            start(request);
        } else {
            throw new ProtocolException("session must begin with its start");
        }
    }

    private void leave() {
        share.giveBack();
        seat.leave();
    }

    private void start(StartRequest request) {
        if (!seat.take()) {
            throw new ProtocolException("too many sessions");
        }
        var started = new RemoteSession(name, request, wire, bounds.window(), this::unhandled);
        session = started;
        thread = Thread.ofVirtual().name(name).start(() -> run(started));
    }

    private void unhandled(Signal signal) {
        if (signal.terminates() && thread != null) {
            interruptedBy = signal;
            thread.interrupt();
        }
    }

    private void run(RemoteSession started) {
        try {
            int status = runCommand(started);
            // an interrupt that came too late must not spoil the farewell
            Thread.interrupted();
            started.stdout().flush();
            started.stderr().flush();
            wire.send(ServerFrames.exit(status));
            wire.close();
        } finally {
            finished = true;
            started.end();
            leave();
        }
    }

    private int runCommand(RemoteSession started) {
        try {
            int status = commandLine.run(started);
            var signal = interruptedBy;
            return signal != null && status == 0 ? 128 + signal.number() : status;
        } catch (InterruptedException | ClientGoneException e) {
            return interruptedStatus();
        } catch (RuntimeException | Error e) {
            // the first word only: others may be secrets
            var verb = started.arguments().stream().findFirst().orElse("");
            LOG.log(Level.ERROR, name + ": command failed: " + CappedLog.clean(verb), e);
            Thread.interrupted();
            started.stderr().println("Error: internal error: " + e);
            return interruptedBy == null ? ENGINE_ERROR : interruptedStatus();
        }
    }

    private int interruptedStatus() {
        var signal = interruptedBy;
        return signal == null ? ENGINE_ERROR : 128 + signal.number();
    }
}
