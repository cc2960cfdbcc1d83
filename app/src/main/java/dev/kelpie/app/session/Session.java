package dev.kelpie.app.session;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// One run of the `kelpie` command, as its command sees it: what it was called with, its streams,
/// its terminal, its signals, its files. All methods may be called from any thread.
public interface Session {
    /// The words after the program's name, without the flags that choose the engine (`--root`,
    /// `--runroot`, `--url`).
    List<String> arguments();

    /// The client's working directory: absolute; relative paths of the command line start there.
    Path workingDirectory();

    /// The client's environment.
    Map<String, String> environment();

    /// The client's file mode creation mask, `umask(2)`.
    int umask();

    /// The client's process; empty when it is not of this host.
    OptionalInt processId();

    /// The client's standard input. Nothing is read from it before the first read here.
    InputStream stdin();

    /// The client's standard output, UTF-8. Each write or print is sent at once, so build tables
    /// whole. Blocks while the client does not keep up. Bytes may be written too.
    PrintStream stdout();

    /// The client's standard error, as {@link #stdout()}.
    PrintStream stderr();

    /// Whether the client's stream is a terminal, `isatty(3)`.
    boolean isTerminal(StandardStream stream);

    /// The size of the client's terminal now; empty when no standard stream is a terminal.
    Optional<TerminalSize> terminalSize();

    /// Hears of each new terminal size (SIGWINCH). Called on a thread of the session's: do not
    /// block.
    Registration onResize(Consumer<TerminalSize> listener);

    /// Hears of each signal that the client gets. With no handler a terminating signal interrupts
    /// the command's thread, and the exit status becomes 128 + its number.
    Registration onSignal(Consumer<Signal> handler);

    /// Puts the client's terminal in raw mode without echo, or back; nothing when it has no
    /// terminal. The client puts it back at its end in any case.
    void rawTerminal(boolean on);

    /// Opens a regular file, pipe or device on the client's side for reading; `path` as typed.
    ///
    /// @throws ClientFileException when the client cannot open it, or it is a directory
    InputStream openFile(String path);

    /// Makes something on the client's side; a file's content is what is written to the stream, and
    /// it is there when that is closed. For anything else the stream takes nothing.
    ///
    /// @throws ClientFileException when the client cannot or will not make it
    OutputStream make(NewFile file);

    /// Lists a directory on the client's side, sorted by name.
    ///
    /// @throws ClientFileException when it is no directory or cannot be read
    List<ClientFile> listDirectory(String path);

    /// What the path names on the client's side, links followed; empty when there is nothing.
    ///
    /// @throws ClientFileException when the client may not look
    Optional<ClientFile> lookUp(String path);
}
