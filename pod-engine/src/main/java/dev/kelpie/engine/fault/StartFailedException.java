package dev.kelpie.engine.fault;

/// A container could not be made or started; says with which exit code the field reports that.
public final class StartFailedException extends PodException {

    private final int exitCode;

    public StartFailedException(String container, int exitCode, Throwable cause) {
        this("cannot start container '" + container + "'", cause, exitCode);
    }

    private StartFailedException(String what, Throwable cause, int exitCode) {
        super(what + ": " + cause.getMessage(), cause);
        this.exitCode = exitCode;
    }

    /// A further process of a running container.
    public static StartFailedException ofExec(String container, int exitCode, Throwable cause) {
        return new StartFailedException(
                "cannot exec in container '" + container + "'", cause, exitCode);
    }

    /// 127: no such command, 126: not invocable or set-up failed, 125: anything else.
    public int exitCode() {
        return exitCode;
    }
}
