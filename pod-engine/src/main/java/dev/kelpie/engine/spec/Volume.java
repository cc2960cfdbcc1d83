package dev.kelpie.engine.spec;

import java.nio.file.Path;
import java.util.OptionalLong;

/// A volume of a pod, by the name under which its containers mount it.
public record Volume(String name, Source source) {

    /// Where a volume's content lies.
    public sealed interface Source {}

    /// A path of the host, used as it is.
    public record HostPath(Path path, HostPathType type) implements Source {}

    /// A directory that lives and dies with the pod and that no other pod sees.
    ///
    /// @param inMemory on a tmpfs, shared by all containers of the pod
    /// @param sizeLimit bytes; enforced for memory, noted otherwise
    public record EmptyDir(boolean inMemory, OptionalLong sizeLimit) implements Source {}

    /// A volume of the engine that outlives the pod, made on first use.
    public record Named(String claimName) implements Source {}

    /// What a host path must be, or be made, before the pod starts (Kubernetes `HostPathType`).
    public enum HostPathType {
        /// It must exist, be it what it may.
        ANY,
        DIRECTORY,
        DIRECTORY_OR_CREATE,
        FILE,
        FILE_OR_CREATE,
        SOCKET,
        CHAR_DEVICE,
        BLOCK_DEVICE
    }
}
