package dev.kelpie.runtime;

/// The OCI runtime refused to create or start a container, or to run a command in it; says which
/// exit code the field gives it.
public final class ContainerStartException extends HostException {

    /// Why it failed, as far as shells and Podman tell failures apart.
    public enum Reason {
        /// The command exists but cannot be run: exit code 126.
        NOT_INVOCABLE(126),
        /// There is no such command in the container: exit code 127.
        NOT_FOUND(127),
        /// Anything else: exit code 125.
        OTHER(125);

        private final int exitCode;

        Reason(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Reason reason;

    public ContainerStartException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
