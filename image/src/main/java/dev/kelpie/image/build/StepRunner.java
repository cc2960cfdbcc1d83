package dev.kelpie.image.build;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// What runs the commands of `RUN`, confined as a container is. Here it is only asked for; the
/// engine that has an OCI runtime provides it.
public interface StepRunner {

    /// Runs nothing: for builds without `RUN`, with a temporary directory for all else.
    StepRunner NONE = _ -> new NoSteps();

    /// Opens what one build needs.
    Session open(StepSettings settings) throws InterruptedException;

    /// One build's runs. May be used by several threads; closing takes away all that is left.
    interface Session extends AutoCloseable {

        /// A directory of this session's own on the image store's file system.
        Path scratch();

        /// Runs a step to its end; what it says goes to `output` as it comes. Interrupting ends the
        /// step.
        Ran run(RunStep step, Consumer<byte[]> output) throws InterruptedException;

        /// The layers (top first) as one read-only tree, until the session ends.
        Path merged(List<Path> lowers) throws IOException, InterruptedException;

        /// Brings what a git address (`URL#REF:DIRECTORY`) names into an empty directory, with the
        /// host's git; without its `.git` unless that is kept.
        void git(String address, Path target, boolean keepGit) throws InterruptedException;

        @Override
        void close();
    }

    /// How a step ended.
    ///
    /// @param upper what it changed, in the way of overlayfs; the caller may move it away
    record Ran(int exit, Path upper) {}
}
