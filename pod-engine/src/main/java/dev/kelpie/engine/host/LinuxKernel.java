package dev.kelpie.engine.host;

import dev.kelpie.engine.sandbox.HostKernel;
import dev.kelpie.engine.sandbox.IdSupply;
import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.Programs;
import dev.kelpie.runtime.cgroup.Cgroups;
import dev.kelpie.runtime.cgroup.Delegation;
import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.kernel.ExitWatch;
import dev.kelpie.runtime.kernel.InNetns;
import dev.kelpie.runtime.kernel.Kernel;
import dev.kelpie.runtime.kernel.Mounts;
import dev.kelpie.runtime.kernel.NamespaceFiles;
import dev.kelpie.runtime.kernel.NamespaceHolder;
import dev.kelpie.runtime.kernel.NfsMounts;
import dev.kelpie.runtime.kernel.Overlays;
import dev.kelpie.runtime.kernel.PauseProcess;
import dev.kelpie.runtime.kernel.ProcessIdentity;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.spec.Linux.IdMappings;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The kernel of this host.
public final class LinuxKernel implements HostKernel {

    /// Servers of files may take their time.
    private static final Duration UNTIL_MOUNTED = Duration.ofMinutes(2);

    private static final System.Logger LOG = System.getLogger(LinuxKernel.class.getName());

    private final Cgroups cgroups;
    private final ExitWatch watch;
    private final Path holder;
    private final String home;
    private final MappingTrial mapping;
    private final Overlays overlays = new Overlays();
    private final ReentrantLock makingGroups = new ReentrantLock();

    /// @param root of the engine
    /// @param runRoot of the engine
    public LinuxKernel(Cgroups cgroups, ExitWatch watch, Path root, Path runRoot) {
        this.cgroups = cgroups;
        this.watch = watch;
        this.holder = runRoot.resolve("holder");
        this.mapping = new MappingTrial(root);
        this.home = home(cgroups);
    }

    @Override
    public void overlay(List<Path> lowers, Path upper, Path work, Path target) {
        overlays.mount(new Mounts.Overlay(lowers, upper, work), target);
    }

    @Override
    public void merge(List<Path> lowers, Path target) {
        overlays.merge(lowers, target);
    }

    @Override
    public void nfs(String device, boolean readOnly, Path target) throws InterruptedException {
        NfsMounts.mount(device, readOnly, target);
    }

    @Override
    public Optional<String> nfsObstacle() {
        return NfsMounts.obstacle();
    }

    @Override
    public void tmpfs(Path target, long bytes, String mode) {
        Mounts.tmpfs(target, bytes, mode);
    }

    @Override
    public void memory(Path target, long bytes) {
        if (!Mounts.isMounted(target)) {
            Mounts.tmpfsOutOfSwap(target, bytes, "0700");
        }
    }

    @Override
    public void bindInside(Path directory, String path, Path target) throws IOException {
        try (var root = RootedDirectory.open(directory)) {
            if (root.statFollowing(path).isEmpty()) {
                // as open as the volume, as the kubelet makes it: for those who are not root
                root.makeDirectories(path, root.stat(".").map(EntryFacts::mode).orElse(0755));
            }
            Files.createDirectories(target.getParent());
            root.bindTo(path, target, false);
        } catch (HostException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void bind(Path source, Path target, boolean following) {
        if (following) {
            Mounts.bindFollowing(source, target);
        } else {
            Mounts.bind(source, target, false);
        }
    }

    @Override
    public boolean bindMapped(Path source, Path target, Path userNamespace, boolean following) {
        return Mounts.bindMapped(source, target, userNamespace, following);
    }

    @Override
    public boolean mapsMounts() {
        return mapping.works();
    }

    @Override
    public void giveToUsers(Path tree, IdMappings ids, OptionalLong group) throws IOException {
        new UserGiving(ids, group).give(tree);
    }

    @Override
    public IdSupply ids() {
        return HostIds.ofThisHost();
    }

    @Override
    public void mountDevice(Device device, Path target) throws InterruptedException {
        if (Mounts.isMounted(target)) {
            return;
        }
        var argv = new ArrayList<>(List.of("mount", "-t", device.type()));
        if (!device.options().isEmpty()) {
            argv.addAll(List.of("-o", String.join(",", device.options())));
        }
        argv.addAll(List.of("--", device.source(), target.toString()));
        Command.of(argv).withTimeout(UNTIL_MOUNTED).run();
    }

    @Override
    public void unmount(Path target) {
        Mounts.unmount(target);
    }

    @Override
    public void unmountBelow(Path directory) {
        Mounts.unmountAllBelow(directory);
    }

    @Override
    public void makeNamespaces(
            Path directory,
            String hostname,
            Map<String, String> parameters,
            Optional<IdMappings> ids)
            throws InterruptedException {
        NamespaceFiles.delete(directory);
        NamespaceFiles.create(directory, hostname, parameters, ids);
    }

    @Override
    public void giveToGroup(Path volume, GroupGift gift) throws IOException {
        new GroupGiving(volume, gift).run();
    }

    @Override
    public void giveToUser(Path path, Owner owner) throws IOException {
        new OwnerGiving(path, owner).run();
    }

    @Override
    public void pause(Path directory, Consumer<ProcessIdentity> born) throws InterruptedException {
        var program = Programs.require("catatonit", "catatonit").toString();
        PauseProcess.start(directory, List.of(program, "-P"), born);
    }

    @Override
    public void dropNamespaces(Path directory) {
        NamespaceFiles.delete(directory);
    }

    @Override
    public boolean namespacesAlive(Path directory) {
        return NamespaceFiles.isAlive(directory);
    }

    @Override
    public void removeTree(Path directory) throws IOException {
        RootedLayerTrees.deleteTree(directory);
    }

    @Override
    public boolean copyOut(Path root, String path, Path target, Optional<IdMappings> owners)
            throws IOException {
        try (var whole = RootedDirectory.open(root)) {
            var facts = whole.statFollowing(path);
            if (facts.filter(EntryFacts::isDirectory).isEmpty()) {
                return false;
            }
            try (var from = whole.open(path);
                    var to = RootedDirectory.open(target)) {
                var copy = new TreeCopy(from, to, Instant.now(), owners);
                copy.content(".");
                to.setAttributes(".", copy.attributes(facts.get(), Map.of()));
            }
            return true;
        } catch (HostException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// One at a time: on v1 a group whose parent is only half set up gets an empty cpuset.
    @Override
    public void makeGroup(String cgroup) {
        makingGroups.lock();
        try {
            if (!cgroups.exists(cgroup)) {
                cgroups.create(cgroup, ResourceLimits.none());
            }
        } finally {
            makingGroups.unlock();
        }
    }

    @Override
    public void makeRoom(String cgroup, String inner) {
        cgroups.makeRoom(cgroup, inner);
    }

    @Override
    public void limitGroup(String cgroup, ResourceLimits limits) {
        makingGroups.lock();
        try {
            cgroups.create(cgroup, limits);
        } finally {
            makingGroups.unlock();
        }
    }

    @Override
    public void enterGroup(String cgroup) {
        makeGroup(cgroup);
        cgroups.add(cgroup, (int) ProcessHandle.current().pid());
    }

    @Override
    public void leaveGroup(String cgroup) throws InterruptedException {
        var self = (int) ProcessHandle.current().pid();
        if (cgroups.processes(cgroup).contains(self)) {
            // who was woken by a container's end was born in the very group
            if (!(home + "/").startsWith(cgroup + "/") && !home.equals("/")) {
                cgroups.add(home, self);
            } else {
                moveOut(self);
            }
        }
        if (cgroups.processes(cgroup).isEmpty()) {
            cgroups.remove(cgroup);
        }
    }

    private void moveOut(int self) {
        Delegation.service()
                .ifPresentOrElse(group -> cgroups.add(group, self), () -> moveToRoots(self));
    }

    /// To the root of every hierarchy, which `runtime` rightly takes for no group of ours.
    private static void moveToRoots(int pid) {
        try (var hierarchies = Files.list(Cgroups.MOUNT)) {
            var roots = Stream.concat(Stream.of(Cgroups.MOUNT), hierarchies);
            for (var root : roots.filter(Files::isDirectory).distinct().toList()) {
                var processes = root.resolve("cgroup.procs");
                if (Files.isWritable(processes)) {
                    Files.writeString(processes, Integer.toString(pid));
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "cannot leave the control group", e);
        }
    }

    /// The group this process was born in, on v2; elsewhere the hierarchies may differ, and the
    /// root is in all of them.
    private static String home(Cgroups cgroups) {
        try {
            if (cgroups.mode() != Cgroups.Mode.V2) {
                return "/";
            }
            return Files.readString(Path.of("/proc/self/cgroup"))
                    .lines()
                    .filter(line -> line.startsWith("0::"))
                    .map(line -> line.substring(3))
                    .findFirst()
                    .orElse("/");
        } catch (IOException _) {
            return "/";
        }
    }

    @Override
    public boolean limits() {
        return cgroups.mode() != Cgroups.Mode.NONE;
    }

    @Override
    public void endHolder() {
        NamespaceHolder.end(holder);
    }

    @Override
    public Optional<Cgroups.Usage> usage(String cgroup) {
        return cgroups.usage(cgroup);
    }

    @Override
    public List<Integer> processes(String cgroup) {
        return cgroups.processes(cgroup);
    }

    @Override
    public void freeze(String cgroup, boolean frozen) throws InterruptedException {
        cgroups.freeze(cgroup, frozen);
    }

    @Override
    public boolean isFrozen(String cgroup) {
        return cgroups.isFrozen(cgroup);
    }

    @Override
    public boolean killGroup(String cgroup) throws InterruptedException {
        return cgroups.killAll(cgroup);
    }

    @Override
    public void removeGroup(String cgroup) throws InterruptedException {
        cgroups.remove(cgroup);
    }

    @Override
    public String bootId() {
        return Kernel.bootId();
    }

    @Override
    public SocketChannel socket(ProcessIdentity process, boolean ipv6) throws InterruptedException {
        return InNetns.socket(Path.of("/proc/" + process.pid() + "/ns/net"), ipv6);
    }

    @Override
    public boolean alive(ProcessIdentity process) {
        return process.isAlive();
    }

    @Override
    public boolean signal(ProcessIdentity process, int signal) {
        return process.signal(signal);
    }

    @Override
    public CompletableFuture<Void> ended(ProcessIdentity process) {
        return watch.ended(process);
    }
}
