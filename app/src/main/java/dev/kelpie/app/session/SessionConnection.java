package dev.kelpie.app.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/// One client's connection: from the first frame to the exit status. Bytes come in on the network's
/// thread; the command runs on a virtual thread of its own.
final class SessionConnection {
    private static final Logger LOG = System.getLogger(SessionConnection.class.getName());

    /// Something is wrong with the command or with Kelpie, not with the container (`podman(1)`).
    private static final int ENGINE_ERROR = 125;

    private final String name;
    private final CommandLine commandLine;
    private final Wire wire;
    private final Runnable whenDone;
    private final FrameDecoder decoder = new FrameDecoder(this::accept);
    private @Nullable RemoteSession session;
    private @Nullable Thread thread;
    private volatile @Nullable Signal interruptedBy;
    private boolean closed;

    /// @param whenDone runs once when command and connection are both done with
    SessionConnection(String name, CommandLine commandLine, Wire wire, Runnable whenDone) {
        this.name = name;
        this.commandLine = commandLine;
        this.wire = wire;
        this.whenDone = whenDone;
    }

    /// Takes bytes from the client. A client that breaks the protocol loses its connection.
    void receive(byte[] bytes) {
        if (closed) {
            return;
        }
        try {
            decoder.feed(bytes);
        } catch (ProtocolException e) {
            LOG.log(Level.WARNING, "{0}: closed, {1}", name, e.getMessage());
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
            whenDone.run();
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

    private void start(StartRequest request) {
        var started = new RemoteSession(name, request, wire, this::unhandled);
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
            started.end();
            whenDone.run();
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
            LOG.log(Level.ERROR, name + ": command failed: " + started.arguments(), e);
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
