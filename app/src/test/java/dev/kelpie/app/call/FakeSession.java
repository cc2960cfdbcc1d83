package dev.kelpie.app.call;

import dev.kelpie.app.session.ClientFile;
import dev.kelpie.app.session.ClientFileException;
import dev.kelpie.app.session.NewFile;
import dev.kelpie.app.session.Registration;
import dev.kelpie.app.session.Session;
import dev.kelpie.app.session.Signal;
import dev.kelpie.app.session.StandardStream;
import dev.kelpie.app.session.TerminalSize;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A session whose client is a test: words in, text out, files in memory.
public final class FakeSession implements Session {
    private final List<String> arguments;
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(stdout, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(stderr, true, StandardCharsets.UTF_8);
    private final TreeMap<String, String> files = new TreeMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private InputStream stdin = InputStream.nullInputStream();
    private boolean terminal;
    private boolean raw;
    private int timesRaw;

    public FakeSession(String... arguments) {
        this.arguments = List.of(arguments);
    }

    /// A file below the working directory.
    public FakeSession withFile(String name, String content) {
        files.put(name, content);
        return this;
    }

    public FakeSession withStdin(String text) {
        stdin = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public FakeSession withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public FakeSession onTerminal() {
        terminal = true;
        return this;
    }

    /// What was written to standard output.
    public String out() {
        return stdout.toString(StandardCharsets.UTF_8);
    }

    /// What was written to standard error.
    public String err() {
        return stderr.toString(StandardCharsets.UTF_8);
    }

    public boolean isRaw() {
        return raw;
    }

    /// How often the terminal was put in raw mode.
    public int timesRaw() {
        return timesRaw;
    }

    @Override
    public List<String> arguments() {
        return arguments;
    }

    @Override
    public Path workingDirectory() {
        return Path.of("/home/tester");
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public int umask() {
        return 022;
    }

    @Override
    public OptionalInt processId() {
        return OptionalInt.empty();
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
        return terminal;
    }

    @Override
    public Optional<TerminalSize> terminalSize() {
        return terminal ? Optional.of(new TerminalSize(24, 80)) : Optional.empty();
    }

    @Override
    public Registration onResize(Consumer<TerminalSize> listener) {
        return () -> {};
    }

    @Override
    public Registration onSignal(Consumer<Signal> handler) {
        return () -> {};
    }

    @Override
    public void rawTerminal(boolean on) {
        raw = on;
        timesRaw += on ? 1 : 0;
    }

    @Override
    public InputStream openFile(String path) {
        var content = files.get(path);
        if (content == null) {
            throw new ClientFileException("open", path, "no such file or directory");
        }
        return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public OutputStream make(NewFile file) {
        var content = new ByteArrayOutputStream();
        return new FilterOutputStream(content) {
            @Override
            public void close() {
                files.put(file.path(), content.toString(StandardCharsets.UTF_8));
            }
        };
    }

    /// What is in a file now, also one that the command made.
    public Optional<String> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    @Override
    public List<ClientFile> listDirectory(String typed) {
        var path = typed.replaceFirst("/$", "");
        return files.keySet().stream()
                .filter(name -> name.startsWith(path + "/"))
                .map(name -> name.substring(path.length() + 1))
                .filter(name -> name.indexOf('/') < 0)
                .map(name -> ClientFile.of(name, ClientFile.Kind.FILE, 0644))
                .toList();
    }

    @Override
    public Optional<ClientFile> lookUp(String typed) {
        var path = typed.replaceFirst("/$", "");
        if (files.containsKey(path)) {
            return Optional.of(ClientFile.of(path, ClientFile.Kind.FILE, 0644));
        }
        return files.keySet().stream().anyMatch(name -> name.startsWith(path + "/"))
                ? Optional.of(ClientFile.of(path, ClientFile.Kind.DIRECTORY, 0755))
                : Optional.empty();
    }
}
