package dev.kelpie.image.build;

import java.nio.file.Path;

/// Something to be seen in a step that is not part of the image.
public sealed interface StepMount {

    /// Where, absolute.
    String target();

    /// A file, directory or socket of the host's; what is written to it stays there.
    record Bind(Path source, String target, boolean readOnly) implements StepMount {}

    /// A directory that may be written to, with nothing kept of that.
    record Discarding(Path source, String target) implements StepMount {}

    /// An empty file system in memory; 0 bytes leaves its size to the kernel.
    record Tmpfs(String target, long bytes) implements StepMount {}

    /// A file that only ever is in memory.
    record Secret(SecretContent content, String target, int mode, long uid, long gid)
            implements StepMount {}
}
