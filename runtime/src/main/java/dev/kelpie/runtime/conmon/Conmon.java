package dev.kelpie.runtime.conmon;

/// Starts conmons and talks to them.
public interface Conmon {

    /// Makes a container of a bundle and a conmon that keeps it; it does not run yet
    /// (`OciRuntime.start`). When it fails nothing is left, neither in the runtime nor as files.
    /// Throws `ContainerStartException` with the runtime's own words.
    CreatedContainer create(CreateRequest request) throws InterruptedException;

    /// Runs another command in a running container.
    ExecSession exec(ExecRequest request) throws InterruptedException;

    /// Joins in a container's stdio; what it wrote before is not repeated, so attach between create
    /// and start.
    AttachSession attach(ConmonFiles files);

    /// Tells the container's terminal its size; nothing happens if conmon is gone.
    void resize(ConmonFiles files, int columns, int rows);

    /// Makes conmon open its log file anew, after it was renamed away.
    void reopenLog(ConmonFiles files);
}
