/// The kernel, called through JNA: the only room of the project that does. Locks, pidfds, mounts,
/// capabilities, limits, and file work inside a root directory that somebody else may have filled.
/// Every call that fails throws `SystemCallException`. Long blocking native calls belong on a
/// platform thread: they hold a virtual thread's carrier.
@NullMarked
package dev.kelpie.runtime.kernel;

import org.jspecify.annotations.NullMarked;
