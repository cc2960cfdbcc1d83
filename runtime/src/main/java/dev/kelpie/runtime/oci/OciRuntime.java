package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.spec.OciProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An OCI runtime: what makes processes of bundles. `create` and interactive `exec` are conmon's to
/// call (`Conmon`), the rest is called here. Errors are `HostException`s; a container that is gone
/// is an answer where that is natural, else `ContainerGoneException`.
public interface OciRuntime {

    /// What sets it apart: `crun`, `crun-hybrid`, `runc`.
    String name();

    /// Its program on this host.
    Path program();

    /// The absolute executable by which it is called: the program or a copy of it.
    Path executable();

    /// The words that stand before the arguments of `create`: the executable, or what readies the
    /// host for it.
    List<String> creator();

    /// What `--version` says first, such as `1.8.1`.
    String version();

    /// Arguments that come before every subcommand: `--root DIR` and the like.
    List<String> globalArguments();

    /// The same runtime with its state below another folder.
    OciRuntime withState(Path folder);

    /// Runs the command of a created container.
    void start(String id) throws InterruptedException;

    /// Sends a signal to the init process, or with `all` to every process of the container; false
    /// if it is already gone.
    boolean kill(String id, int signal, boolean all) throws InterruptedException;

    /// Removes what the runtime knows; with `force` kills first and takes an unknown id for done.
    void delete(String id, boolean force) throws InterruptedException;

    /// What the runtime says; empty if it knows no such container.
    Optional<ContainerState> state(String id) throws InterruptedException;

    /// Runs a short command in the container without conmon, for probes: no input, output of at
    /// most 64 KiB. A command that cannot be run is a `ContainerStartException`; one that outlasts
    /// `timeout` is killed and is a `CommandFailedException`.
    Command.Result exec(String id, OciProcess process, Duration timeout)
            throws InterruptedException;

    /// The seccomp program (`struct sock_filter`s) that it compiled for a created container; empty
    /// if it does not show that, or the container has none.
    Optional<byte[]> seccompProgram(String id);

    /// Freezes all processes.
    void pause(String id) throws InterruptedException;

    /// Thaws them.
    void resume(String id) throws InterruptedException;

    /// Sets the limits that are present, leaves the others.
    void update(String id, ResourceLimits limits, GroupWords words) throws InterruptedException;
}
