package dev.kelpie.engine.sandbox;

import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.kernel.ProcessIdentity;
import dev.kelpie.runtime.spec.Linux.IdMappings;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// What the kernel does for a pod besides running its processes. All ways back tolerate that there
/// is nothing to take back.
public interface HostKernel {

    /// Mounts an overlay over `lowers` (uppermost first) on `target`.
    void overlay(List<Path> lowers, Path upper, Path work, Path target);

    /// Shows at least two directories (uppermost first) as one on `target`, read-only.
    void merge(List<Path> lowers, Path target);

    /// Mounts what another machine shows by NFS (`SERVER:/PATH`) on `target`.
    void nfs(String device, boolean readOnly, Path target) throws InterruptedException;

    /// Why this host cannot mount that.
    Optional<String> nfsObstacle();

    /// An empty file system in memory; `mode` is octal such as `1777`.
    void tmpfs(Path target, long bytes, String mode);

    /// A file system in memory for what must never be on a disk, kept out of swap where the kernel
    /// can, mode 0700; one that is there already is left alone.
    void memory(Path target, long bytes);

    /// Bind-mounts what `path` means inside `directory`, links followed but never out of it, on
    /// `target` (made as a directory or file to fit); a missing path is made a directory, as open
    /// as the volume.
    void bindInside(Path directory, String path, Path target) throws IOException;

    /// Shows `source` at `target` too, which is there.
    ///
    /// @param following with what is mounted below `source` later
    void bind(Path source, Path target, boolean following);

    /// As `bind`, the files with the owners that a user namespace, given by its file, makes of
    /// theirs; false where the kernel cannot do that.
    boolean bindMapped(Path source, Path target, Path userNamespace, boolean following);

    /// Whether `bindMapped` can be had for the engine's own files.
    boolean mapsMounts();

    /// Gives root's files of a tree to the root of other users, and those of `group` to theirs.
    void giveToUsers(Path tree, IdMappings ids, OptionalLong group) throws IOException;

    /// Which ids pods may be given.
    IdSupply ids();

    /// What mount(8) mounts.
    record Device(String type, String source, List<String> options) {
        public Device {
            options = List.copyOf(options);
        }
    }

    /// Mounts it, unless something is mounted on `target` already.
    void mountDevice(Device device, Path target) throws InterruptedException;

    /// Takes off all that is mounted on `target`.
    void unmount(Path target);

    /// Takes off all that is mounted at or below `directory`.
    void unmountBelow(Path directory);

    /// Makes network, IPC and UTS namespaces that live on files in `directory`, `lo` up and the
    /// hostname set; what was there is replaced. `parameters` are set in them, by their path below
    /// /proc/sys. With `ids` they belong to a user namespace of these, on the file `user`.
    void makeNamespaces(
            Path directory,
            String hostname,
            Map<String, String> parameters,
            Optional<IdMappings> ids)
            throws InterruptedException;

    /// Gives a volume to a group, as Kubernetes does it: everything in it belongs to the group, may
    /// be read by it, and written unless `readOnly`; folders hand the group on. Crosses no mount
    /// and follows no link. The volume's top folder comes last, so that it tells whether all of it
    /// was done; with `unlessDone` nothing else is looked at then.
    void giveToGroup(Path volume, GroupGift gift) throws IOException;

    /// Gives a file, or a folder with all that is in it, to a user; crosses no mount and follows no
    /// link.
    void giveToUser(Path path, Owner owner) throws IOException;

    /// Numeric ids on the host.
    record Owner(long user, long group) {}

    /// To which group, and how.
    record GroupGift(long group, boolean readOnly, boolean unlessDone) {}

    /// Starts a process that only sleeps in the namespaces of `directory`, with no privilege; it
    /// ends unless `born` returns.
    void pause(Path directory, Consumer<ProcessIdentity> born) throws InterruptedException;

    void dropNamespaces(Path directory);

    boolean namespacesAlive(Path directory);

    /// Deletes a tree, crossing no mount and following no link.
    void removeTree(Path directory) throws IOException;

    /// Copies what `path` means inside `root` into `target` with all attributes; false when there
    /// is no directory of that name. The copies belong to what `owners` makes of the ids.
    boolean copyOut(Path root, String path, Path target, Optional<IdMappings> owners)
            throws IOException, InterruptedException;

    /// Makes a control group with its missing parents.
    void makeGroup(String cgroup);

    /// Moves the processes that are in a control group itself to `inner` below it.
    void makeRoom(String cgroup, String inner);

    /// Limits what everything in a control group may use together; it is made if need be.
    void limitGroup(String cgroup, ResourceLimits limits);

    /// Moves this process into a control group: what it starts is born there, which is cheaper than
    /// to move each.
    void enterGroup(String cgroup);

    /// Moves this process out of `cgroup` and removes that with all below; nothing when it is not
    /// in there.
    void leaveGroup(String cgroup) throws InterruptedException;

    /// Whether control groups hold what is limited.
    boolean limits();

    /// Ends what keeps a rootless engine's namespaces; nothing when there is nothing like that.
    void endHolder();

    /// Kills everything in a control group and below; false if something is still there.
    boolean killGroup(String cgroup) throws InterruptedException;

    /// What a control group uses; empty when nobody counts.
    Optional<dev.kelpie.runtime.cgroup.Cgroups.Usage> usage(String cgroup);

    /// Ids of all processes in a control group and below.
    List<Integer> processes(String cgroup);

    /// Stops all processes of a control group from running, or lets them go on.
    void freeze(String cgroup, boolean frozen) throws InterruptedException;

    boolean isFrozen(String cgroup);

    /// Removes a control group and all below.
    void removeGroup(String cgroup) throws InterruptedException;

    /// Which boot of the host this is.
    String bootId();

    boolean alive(ProcessIdentity process);

    /// An unconnected TCP socket in the network namespace of a process.
    SocketChannel socket(ProcessIdentity process, boolean ipv6)
            throws IOException, InterruptedException;

    /// Sends a signal to this very process; false if it is gone.
    boolean signal(ProcessIdentity process, int signal);

    /// Completes when the process has ended, at once if it already has.
    CompletableFuture<Void> ended(ProcessIdentity process);
}
