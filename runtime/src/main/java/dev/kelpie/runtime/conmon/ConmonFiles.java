package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.kernel.ProcessIdentity;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The places where conmon keeps what belongs to one container.
///
/// @param id the container's id, 64 hex digits
/// @param bundle the OCI bundle: `config.json`, and conmon's attach socket and control pipe
/// @param run per-boot folder of this container: pid files, the runtime's log
/// @param exits per-boot folder shared by all containers: one exit file per id
/// @param persist per-boot folder of this container for conmon: exit status again, OOM marker
/// @param log the container's log in k8s-file form
public record ConmonFiles(String id, Path bundle, Path run, Path exits, Path persist, Path log) {

    public Path pidFile() {
        return run.resolve("pidfile");
    }

    public Path conmonPidFile() {
        return run.resolve("conmon.pid");
    }

    /// What the OCI runtime logs, as JSON lines.
    public Path ociLog() {
        return run.resolve("oci-log");
    }

    public Path attachSocket() {
        return bundle.resolve("attach");
    }

    public Path controlPipe() {
        return bundle.resolve("ctl");
    }

    public Path exitFile() {
        return exits.resolve(id);
    }

    public Path oomMarker() {
        return persist.resolve("oom");
    }

    /// How the container ended; empty while it runs, and also when conmon was killed and could not
    /// write it down.
    public Optional<ExitStatus> exitStatus() {
        return ExitFiles.read(exitFile(), oomMarker());
    }

    /// The conmon that keeps this container, if it lives; never a stranger that got its pid.
    public Optional<ProcessIdentity> conmon() {
        return HostConmon.readPid(conmonPidFile())
                .flatMap(ProcessIdentity::of)
                .filter(process -> ConmonProcess.isOf(process, id));
    }

    /// Makes the folders, and removes what an earlier run of the same container left: its exit file
    /// would be taken for the new run's.
    void removeStale() {
        removeAll();
        HostConmon.makeFolders(run, exits, persist);
    }

    /// Removes everything conmon made per run: sockets, pipes, pid files, exit status. The log
    /// stays.
    public void removeAll() {
        for (var name : List.of("attach", "ctl", "winsz", "oom")) {
            Leftovers.delete(bundle.resolve(name));
        }
        for (var file : List.of(pidFile(), conmonPidFile(), ociLog(), exitFile())) {
            Leftovers.delete(file);
        }
        Leftovers.deleteTree(persist);
    }
}
