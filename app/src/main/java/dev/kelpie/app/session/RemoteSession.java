package dev.kelpie.app.session;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// A session whose client is at the other end of a wire. The frames come in on the network's
/// thread, which never waits here.
final class RemoteSession implements Session {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;

    private final StartRequest request;
    private final Wire wire;
    private final OptionalInt peer;
    private final CreditedInput stdin;
    private final CreditedOutput stdout;
    private final CreditedOutput stderr;
    private final PrintStream out;
    private final PrintStream err;
    private final FileDesk files;
    private final Events events;
    private final Consumer<Signal> unhandled;
    private volatile Optional<TerminalSize> size;

    /// @param unhandled gets the signals that no handler of the command takes
    RemoteSession(
            String name,
            StartRequest request,
            Wire wire,
            StreamWindow window,
            Consumer<Signal> unhandled) {
        this.request = request;
        this.wire = wire;
        peer = wire.peer();
        this.unhandled = unhandled;
        size = request.size();
        stdin = new CreditedInput(STDIN, wire, window, () -> {});
        stdout = new CreditedOutput(STDOUT, wire, window);
        stderr = new CreditedOutput(STDERR, wire, window);
        out = new PrintStream(stdout, false, StandardCharsets.UTF_8);
        err = new PrintStream(stderr, false, StandardCharsets.UTF_8);
        files = new FileDesk(wire, window);
        events = new Events(name);
    }

    @Override
    public List<String> arguments() {
        return request.arguments();
    }

    @Override
    public Path workingDirectory() {
        return request.workingDirectory();
    }

    @Override
    public Map<String, String> environment() {
        return request.environment();
    }

    @Override
    public int umask() {
        return request.umask();
    }

    @Override
    public OptionalInt processId() {
        return peer;
    }

    @Override
    public InputStream stdin() {
        return stdin;
    }

    @Override
    public PrintStream stdout() {
        return out;
    }

    @Override
    public PrintStream stderr() {
        return err;
    }

    @Override
    public boolean isTerminal(StandardStream stream) {
        return request.terminals().contains(stream);
    }

    @Override
    public Optional<TerminalSize> terminalSize() {
        return size;
    }

    @Override
    public Registration onResize(Consumer<TerminalSize> listener) {
        return events.onResize(listener);
    }

    @Override
    public Registration onSignal(Consumer<Signal> handler) {
        return events.onSignal(handler);
    }

    @Override
    public void rawTerminal(boolean on) {
        if (isTerminal(StandardStream.STDIN)) {
            wire.send(ServerFrames.raw(on));
        }
    }

    @Override
    public InputStream openFile(String path) {
        return files.open(path);
    }

    @Override
    public OutputStream make(NewFile file) {
        return files.make(file);
    }

    @Override
    public List<ClientFile> listDirectory(String path) {
        return files.list(path);
    }

    @Override
    public Optional<ClientFile> lookUp(String path) {
        return files.lookUp(path);
    }

    /// Takes one frame from the client.
    void receive(ClientFrame frame) {
        switch (frame) {
            case ClientFrame.Start _ -> throw new ProtocolException("session is started already");
            case ClientFrame.Bytes(int stream, ByteBuffer bytes) -> receiveBytes(stream, bytes);
            case ClientFrame.End(int stream, String reason) -> endStream(stream, reason);
            case ClientFrame.Credit(int stream, int bytes) -> grant(stream, bytes);
            case ClientFrame.Signalled(Signal signal) -> signal(signal);
            case ClientFrame.Resized(TerminalSize now) -> resize(now);
            case ClientFrame.Opened(int question) -> files.opened(question);
            case ClientFrame.Refused(int question, String reason) ->
                    files.refused(question, reason);
            case ClientFrame.Listing listing -> files.listed(listing);
        }
    }

    /// The client has gone, or the command has ended: nothing waits any longer.
    void end() {
        stdin.end("the client has gone");
        stdout.gone();
        stderr.gone();
        files.gone();
        events.stop();
    }

    private void receiveBytes(int stream, ByteBuffer bytes) {
        if (stream == STDIN) {
            stdin.receive(bytes);
            return;
        }
        var file = files.stream(stream);
        if (file.isPresent()) {
            file.get().receive(bytes);
        } else if (!files.wasAsked(stream)) {
            throw new ProtocolException("bytes of unknown stream " + stream);
        }
    }

    private void endStream(int stream, String reason) {
        if (stream == STDIN) {
            stdin.end(reason);
        } else {
            files.stream(stream).ifPresent(each -> each.end(reason));
        }
    }

    private void grant(int stream, int bytes) {
        switch (stream) {
            case STDOUT -> stdout.grant(bytes);
            case STDERR -> stderr.grant(bytes);
            default -> files.grant(stream, bytes);
        }
    }

    private void signal(Signal signal) {
        if (!events.signalled(signal)) {
            unhandled.accept(signal);
        }
    }

    private void resize(TerminalSize now) {
        size = Optional.of(now);
        events.resized(now);
    }
}
