package dev.kelpie.engine;

import dev.kelpie.runtime.kernel.Signal;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.IntConsumer;

/// An exec session kept by a conmon of its own.
final class ConmonExecSession implements ExecSession {

    private final String id;
    private final IntConsumer onEnd;
    private final dev.kelpie.runtime.conmon.ExecSession session;

    /// @param onEnd is told of the exit code
    ConmonExecSession(String id, dev.kelpie.runtime.conmon.ExecSession session, IntConsumer onEnd) {
        this.id = id;
        this.session = session;
        this.onEnd = onEnd;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public void relayOutput(OutputStream stdout, OutputStream stderr)
            throws IOException, InterruptedException {
        try {
            Streams.relay(session, stdout, stderr);
        } catch (InterruptedException e) {
            kill();
            throw e;
        }
    }

    @Override
    public OutputStream stdin() {
        return Streams.stdin(session);
    }

    @Override
    public void resize(int rows, int columns) {
        session.resize(columns, rows);
    }

    @Override
    public int waitForEnd() throws InterruptedException {
        try {
            int code = session.exitCode();
            onEnd.accept(code);
            return code;
        } catch (InterruptedException e) {
            kill();
            throw e;
        }
    }

    /// Whoever waited for it is gone: nobody would ever end it.
    private void kill() {
        session.process().signal(Signal.KILL);
    }

    @Override
    public void close() {
        session.close();
    }
}
