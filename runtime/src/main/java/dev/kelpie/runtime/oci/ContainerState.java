package dev.kelpie.runtime.oci;

/// What an OCI runtime says about a container; `pid` is 0 once it is stopped.
public record ContainerState(String id, Status status, int pid) {

    /// The statuses of runtime.md, "State".
    public enum Status {
        CREATING,
        CREATED,
        RUNNING,
        PAUSED,
        STOPPED
    }
}
