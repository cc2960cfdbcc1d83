package dev.kelpie.image.build;

import java.nio.file.Path;
import java.util.List;

/// One command to run in a build.
///
/// @param lowers the file system so far, top first
/// @param mounts in the order they were written
/// @param insecure with all privileges: `--security=insecure`
/// @param what names the step in messages
public record RunStep(
        List<Path> lowers,
        Exec exec,
        List<StepMount> mounts,
        Network network,
        boolean insecure,
        String what) {

    public RunStep {
        lowers = List.copyOf(lowers);
        mounts = List.copyOf(mounts);
    }

    /// What to run and as whom.
    ///
    /// @param env `NAME=value`
    /// @param user as images have it, empty for root
    public record Exec(List<String> argv, List<String> env, String user, String workingDir) {
        public Exec {
            argv = List.copyOf(argv);
            env = List.copyOf(env);
        }
    }

    /// `--network`.
    public enum Network {
        /// One of its own with a way out, as a container's.
        DEFAULT,
        /// The host's.
        HOST,
        /// Nothing but loopback.
        NONE
    }
}
