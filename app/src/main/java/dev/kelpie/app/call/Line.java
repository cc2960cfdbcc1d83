package dev.kelpie.app.call;

import dev.kelpie.app.session.Registration;
import dev.kelpie.app.session.Session;
import dev.kelpie.app.session.SessionException;
import dev.kelpie.app.session.Signal;
import dev.kelpie.app.session.StandardStream;
import dev.kelpie.app.session.TerminalSize;
import dev.kelpie.engine.Attachment;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// The line between a client and a process in a container: output to the client, what is typed to
/// the process, window size and signals along with it.
public final class Line {
    /// What goes over a line.
    ///
    /// @param terminal the process has a terminal, so the client's is put in raw mode
    /// @param stdin what is typed goes to the process
    /// @param signals where the client's signals go; empty: they end the call, as for any command
    public record Wishes(
            boolean terminal,
            boolean stdin,
            boolean stdout,
            boolean stderr,
            String detachKeys,
            Optional<Consumer<Signal>> signals) {}

    /// Ctrl-D: a terminal's input ends by a key.
    private static final int END_OF_INPUT = 4;

    private final Session session;
    private final Attachment process;
    private final Wishes wishes;
    private final DetachKeys keys;
    private final AtomicBoolean detached = new AtomicBoolean();
    private final List<Registration> registrations = new ArrayList<>();

    private Line(Session session, Attachment process, Wishes wishes) {
        this.session = session;
        this.process = process;
        this.wishes = wishes;
        this.keys = DetachKeys.parse(wishes.detachKeys());
    }

    /// Relays until the process has closed its output or the user detaches; true when detached.
    public static boolean relay(Session session, Attachment process, Wishes wishes)
            throws InterruptedException {
        return new Line(session, process, wishes).relay();
    }

    /// Fails early for keys that cannot be read.
    public static void requireKeys(String detachKeys) {
        DetachKeys.parse(detachKeys);
    }

    private boolean relay() throws InterruptedException {
        boolean raw =
                wishes.terminal() && wishes.stdin() && session.isTerminal(StandardStream.STDIN);
        try {
            wishes.signals()
                    .ifPresent(to -> registrations.add(session.onSignal(from -> pass(from, to))));
            if (wishes.terminal()) {
                registrations.add(session.onResize(this::resize));
                session.terminalSize().ifPresent(this::resize);
            }
            if (raw) {
                session.rawTerminal(true);
            }
            if (wishes.stdin()) {
                Thread.ofVirtual().name("stdin").start(this::relayInput);
            }
            process.relayOutput(stdout(), stderr());
        } catch (IOException e) {
            if (!detached.get()) {
                throw new CommandException(
                        "connection to the container was lost: " + e.getMessage());
            }
        } finally {
            registrations.forEach(Registration::close);
            if (raw) {
                session.rawTerminal(false);
            }
        }
        return detached.get();
    }

    private OutputStream stdout() {
        return wishes.stdout() ? session.stdout() : OutputStream.nullOutputStream();
    }

    private OutputStream stderr() {
        return wishes.stderr() ? session.stderr() : OutputStream.nullOutputStream();
    }

    private void resize(TerminalSize size) {
        Thread.ofVirtual().start(() -> process.resize(size.rows(), size.columns()));
    }

    private static void pass(Signal signal, Consumer<Signal> to) {
        Thread.ofVirtual().start(() -> to.accept(signal));
    }

    private void relayInput() {
        try (var to = process.stdin()) {
            var in = session.stdin();
            var buffer = new byte[1 << 15];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                // only a terminal has keys
                to.write(wishes.terminal() ? keys.pass(buffer, n) : Arrays.copyOf(buffer, n));
                to.flush();
                if (keys.complete()) {
                    detached.set(true);
                    process.close();
                    return;
                }
            }
            if (wishes.terminal()) {
                to.write(END_OF_INPUT);
                to.flush();
            }
        } catch (IOException | SessionException _) {
            // the process or the client has gone: the other direction notices and ends the line
        }
    }
}
