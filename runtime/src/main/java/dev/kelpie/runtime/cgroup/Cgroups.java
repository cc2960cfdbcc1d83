package dev.kelpie.runtime.cgroup;

import dev.kelpie.runtime.kernel.UserNamespace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The control groups of this host.
public sealed interface Cgroups permits CgroupsV1, CgroupsV2, NoCgroups {

    /// Where control groups are mounted on every Linux we know.
    Path MOUNT = Path.of("/sys/fs/cgroup");

    /// Which kind of hierarchy the host has.
    enum Mode {
        V1,
        V2,
        /// v1 hierarchies, and a v2 one beside them at `unified`.
        HYBRID,
        /// None that we may use.
        NONE
    }

    /// What a group uses now; a figure the host does not count is absent.
    ///
    /// @param memoryBytes the working set: without file pages that can be dropped at once
    /// @param memoryLimit absent when nothing limits the group itself
    record Usage(
            Optional<Long> memoryBytes,
            Optional<Long> memoryLimit,
            Optional<Long> cpuNanos,
            Optional<Long> pids,
            Optional<Long> readBytes,
            Optional<Long> writtenBytes) {}

    /// Looks at the host (`MOUNT`): what this process may use of it.
    static Cgroups detect() {
        if (UserNamespace.isInitial() || Delegation.parent().isPresent()) {
            return detect(MOUNT);
        }
        return new NoCgroups();
    }

    /// Looks at a tree like `/sys/fs/cgroup`.
    static Cgroups detect(Path mount) {
        return java.nio.file.Files.exists(mount.resolve("cgroup.controllers"))
                ? new CgroupsV2(mount)
                : CgroupsV1.at(mount);
    }

    Mode mode();

    /// The controllers that can be used.
    List<String> controllers();

    /// Makes a group with its missing parents and sets its limits; an existing one gets the limits
    /// anew.
    void create(String path, ResourceLimits limits);

    /// Whether the group exists, in every hierarchy that matters.
    boolean exists(String path);

    /// Whether this very process is in the group, so that its children start there.
    boolean holdsUs(String path);

    /// Moves a process in; the group must exist.
    void add(String path, int pid);

    /// Moves the processes that are in the group itself, not those below, to `inner` below it, so
    /// that controllers can be had below (cgroups(7), "no internal processes"); nothing on v1.
    void makeRoom(String path, String inner);

    /// All processes in the group and below.
    List<Integer> processes(String path);

    /// Sends SIGKILL to everything in the group and below until nothing is left, thawing what is
    /// frozen; false if something still lives after two seconds.
    boolean killAll(String path) throws InterruptedException;

    /// Stops all processes of the group from running, or lets them go on; returns when the kernel
    /// has done it, or throws.
    void freeze(String path, boolean frozen) throws InterruptedException;

    /// Whether the group's processes were stopped from running.
    boolean isFrozen(String path);

    /// Removes the group and everything below, deepest first, with patience for groups that empty
    /// just now; a missing one is fine.
    void remove(String path) throws InterruptedException;

    /// What the group uses; empty if there is no such group.
    Optional<Usage> usage(String path);
}
