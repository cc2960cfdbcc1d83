package dev.kelpie.engine.fault;

import dev.kelpie.runtime.ContainerStartException;
import java.util.List;

/// A container could not be made or started; says with which exit code the field reports that.
public final class StartFailedException extends PodException {

    private final int exitCode;

    public StartFailedException(String container, int exitCode, Throwable cause) {
        this(start(container), words(cause), cause, exitCode);
    }

    private StartFailedException(String what, String why, Throwable cause, int exitCode) {
        super(what + ": " + why, cause);
        this.exitCode = exitCode;
    }

    private static String words(Throwable cause) {
        return String.valueOf(cause.getMessage());
    }

    private static String start(String container) {
        return "cannot start container '" + container + "'";
    }

    /// The OCI runtime refused the container's command.
    public static StartFailedException ofCommand(
            String container, List<String> command, ContainerStartException cause) {
        return refused(start(container), command, cause);
    }

    /// The OCI runtime refused a further process of a running container.
    public static StartFailedException ofExec(
            String container, List<String> command, ContainerStartException cause) {
        return refused("cannot exec in container '" + container + "'", command, cause);
    }

    /// Some runtimes say what is wrong with a command but not with which.
    private static StartFailedException refused(
            String what, List<String> command, ContainerStartException cause) {
        var why = words(cause);
        var unnamed =
                cause.reason() != ContainerStartException.Reason.OTHER
                        && !command.isEmpty()
                        && !why.contains(command.getFirst());
        var named = unnamed ? "command '" + command.getFirst() + "': " + why : why;
        return new StartFailedException(what, named, cause, cause.reason().exitCode());
    }

    /// Whether its command was refused, rather than what has to be made for it.
    public boolean ofItsCommand() {
        return getCause() instanceof ContainerStartException;
    }

    /// 127: no such command, 126: not invocable or set-up failed, 125: anything else.
    public int exitCode() {
        return exitCode;
    }
}
