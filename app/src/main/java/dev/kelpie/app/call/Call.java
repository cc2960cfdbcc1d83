package dev.kelpie.app.call;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.session.ClientFile;
import dev.kelpie.app.session.ClientFileException;
import dev.kelpie.app.session.NewFile;
import dev.kelpie.app.session.Session;
import dev.kelpie.app.session.StandardStream;
import dev.kelpie.app.session.TerminalSize;
import dev.kelpie.engine.Engine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// One call of a command: who called, with what, and what there is to work with.
public final class Call {
    private static final int MAX_FILE = 16 << 20;

    private final Session session;
    private final Surroundings surroundings;

    public Call(Session session, Surroundings surroundings) {
        this.session = session;
        this.surroundings = surroundings;
    }

    public Session session() {
        return session;
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    public Engine engine() throws InterruptedException {
        return surroundings.engine().engine();
    }

    public Instant now() {
        return surroundings.clock().instant();
    }

    /// Writes to standard output, at once.
    public void print(String text) {
        if (!text.isEmpty()) {
            session.stdout().print(text);
        }
    }

    /// Writes a line to standard output.
    public void line(String text) {
        session.stdout().print(text + "\n");
    }

    /// Writes these lines to standard output in one piece.
    public void lines(List<String> lines) {
        print(lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
    }

    /// Writes a line to standard error.
    public void note(String text) {
        session.stderr().print(text + "\n");
    }

    public boolean stdoutIsTerminal() {
        return session.isTerminal(StandardStream.STDOUT);
    }

    public boolean stderrIsTerminal() {
        return session.isTerminal(StandardStream.STDERR);
    }

    /// How many characters fit in a line of standard output; no end when it is no terminal.
    public int width() {
        if (!stdoutIsTerminal()) {
            return Integer.MAX_VALUE;
        }
        int columns = session.terminalSize().map(TerminalSize::columns).orElse(0);
        return columns < 20 ? Integer.MAX_VALUE : columns;
    }

    /// A path of the client's, absolute.
    public Path path(String typed) {
        return session.workingDirectory().resolve(typed).normalize();
    }

    /// The whole content of one of the client's files, or of its standard input for `-`.
    ///
    /// @throws ClientFileException when it cannot be opened
    public byte[] read(String typed) {
        try (var in = typed.equals("-") ? session.stdin() : session.openFile(typed)) {
            return limited(in, typed);
        } catch (IOException e) {
            throw new ClientFileException("read", typed, String.valueOf(e.getMessage()));
        }
    }

    /// Refuses a file that the client has already.
    ///
    /// @throws CommandException where it is there
    public void requireNew(String typed) {
        if (session.lookUp(typed).isPresent()) {
            throw new CommandException("cannot write to \"" + typed + "\"; file exists");
        }
    }

    /// Writes a file of the client's, over one that is there.
    public void write(String typed, String text, int mode) {
        var made = new NewFile(typed, ClientFile.Kind.FILE, "", mode, now(), false);
        try (var out = session.make(made)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandException("cannot write to '" + typed + "': " + e.getMessage());
        }
    }

    /// The lines of one of the client's text files.
    public List<String> readLines(String typed) {
        var text = new String(read(typed), StandardCharsets.UTF_8);
        return Arrays.asList(text.split("\r?\n", -1));
    }

    private static byte[] limited(InputStream in, String typed) throws IOException {
        var content = new ByteArrayOutputStream();
        var buffer = new byte[1 << 16];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            content.write(buffer, 0, n);
            if (content.size() > MAX_FILE) {
                throw FlagException.meaning(
                        "'" + typed + "' is larger than " + (MAX_FILE >> 20) + " MiB");
            }
        }
        return content.toByteArray();
    }
}
