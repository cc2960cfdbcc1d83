/// conmon, the small C program that stays with each container and each exec session: parent of the
/// container's init, keeper of its stdio, log and exit code, caller of the exit command. It
/// outlives us, so everything it leaves is files (`ConmonFiles`), read here: exit status, log, OOM
/// marker. Launching, attaching and the control pipe are in `HostConmon`. See conmon(8).
@NullMarked
package dev.kelpie.runtime.conmon;

import org.jspecify.annotations.NullMarked;
