package dev.kelpie.runtime;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/// A helper program failed, took too long or could not be started; the message can be pasted into a
/// shell to try again.
public final class CommandFailedException extends HostException {

    private final transient List<String> argv;
    private final int exit;
    private final String stderr;

    private CommandFailedException(String what, List<String> argv, int exit, String stderr) {
        super(
                "'"
                        + pasteReady(argv)
                        + "' "
                        + what
                        + (stderr.isBlank() ? "" : ": " + stderr.strip()));
        this.argv = List.copyOf(argv);
        this.exit = exit;
        this.stderr = stderr;
    }

    /// The program ended with another code than 0.
    public static CommandFailedException exited(List<String> argv, int exit, String stderr) {
        return new CommandFailedException("exited with " + exit, argv, exit, stderr);
    }

    /// The program was ended by us: `why` says for what, `stderr` what it had said until then.
    public static CommandFailedException stopped(List<String> argv, String why, String stderr) {
        return new CommandFailedException(why, argv, -1, stderr);
    }

    /// The program could not be started at all.
    public static CommandFailedException notStarted(List<String> argv, IOException cause) {
        var failure =
                new CommandFailedException(
                        "could not be started: " + cause.getMessage(), argv, -1, "");
        failure.initCause(cause);
        return failure;
    }

    public List<String> argv() {
        return argv;
    }

    /// Exit code, or -1 when the program never ended by itself.
    public int exit() {
        return exit;
    }

    public String stderr() {
        return stderr;
    }

    private static String pasteReady(List<String> argv) {
        return argv.stream().map(CommandFailedException::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        if (!word.isEmpty() && word.matches("[A-Za-z0-9_@%+=:,./-]+")) {
            return word;
        }
        return '"' + word.replaceAll("([\"\\\\$`])", "\\\\$1") + '"';
    }
}
