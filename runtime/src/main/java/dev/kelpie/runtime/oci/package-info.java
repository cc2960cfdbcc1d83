/// Containers in the words of the OCI runtime-spec: the runtimes (crun, runc, crun with the v2
/// hierarchy hidden) behind one interface, the choice among them by trying, and the way from a
/// `ContainerConfig` to a bundle's `config.json` with the field's defaults (capabilities, masked
/// paths, seccomp, mounts, limits clamped to what this host grants). Creating goes through
/// `.conmon`, which keeps a container's terminal, log and exit code.
@NullMarked
package dev.kelpie.runtime.oci;

import org.jspecify.annotations.NullMarked;
