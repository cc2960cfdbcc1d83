/// The host as Kelpie sees it: running helper programs, finding them, the facts of the host, and
/// the one root of all errors of this module. The kernel proper is in `.kernel` (the only JNA), the
/// OCI runtime-spec words in `.spec`, the OCI runtimes in `.oci`, conmon in `.conmon`, control
/// groups in `.cgroup`, networks in `.network`. Nothing here knows pods or images, and nothing
/// outside this module starts processes or calls native code.
@NullMarked
package dev.kelpie.runtime;

import org.jspecify.annotations.NullMarked;
