/// Drives the built `kelpie` command from outside, as its users do: no class of ours is on the
/// class path. Each test class has an engine of its own (`--root`, `--runroot`) and proves at its
/// end that the host is as it was: no process, mount, network namespace, bridge, nft table, cgroup
/// or file is left. `-Dkelpie.bin=COMMAND` names another command, so that the portable part of the
/// suite can be proven on Podman; what only Kelpie has is marked [OnlyKelpie].
@NullMarked
package dev.kelpie.e2e;

import org.jspecify.annotations.NullMarked;
