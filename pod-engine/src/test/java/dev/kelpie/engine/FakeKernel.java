package dev.kelpie.engine;

import dev.kelpie.engine.fault.HostPathException;
import dev.kelpie.engine.sandbox.HostKernel;
import dev.kelpie.engine.sandbox.IdSupply;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.cgroup.Cgroups;
import dev.kelpie.runtime.kernel.ProcessIdentity;
import dev.kelpie.runtime.spec.Linux.IdMappings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A kernel that mounts nothing and remembers what is mounted; processes are real ones.
final class FakeKernel implements HostKernel {

    final Set<Path> mounted = ConcurrentHashMap.newKeySet();

    /// Why no volume can be mounted.
    volatile Optional<HostException> mountFailure = Optional.empty();

    final Set<Path> mapped = ConcurrentHashMap.newKeySet();
    final Set<Path> namespaces = ConcurrentHashMap.newKeySet();
    final Set<String> frozen = ConcurrentHashMap.newKeySet();
    final Set<String> groups = ConcurrentHashMap.newKeySet();
    final Map<String, String> parameters = new ConcurrentHashMap<>();
    final Map<Path, GroupGift> given = new ConcurrentHashMap<>();
    private final Set<Process> sleepers = ConcurrentHashMap.newKeySet();
    final List<String> shown = new CopyOnWriteArrayList<>();
    Optional<String> nfsObstacle = Optional.empty();
    int nfsFailures;
    volatile String boot = "boot-1";

    @Override
    public void overlay(List<Path> lowers, Path upper, Path work, Path target) {
        mounted.add(target);
    }

    @Override
    public void merge(List<Path> lowers, Path target) {
        mounted.add(target);
    }

    @Override
    public void nfs(String device, boolean readOnly, Path target) {
        if (nfsFailures-- > 0) {
            throw new HostPathException("server not up yet");
        }
        shown.add(device + (readOnly ? " ro" : ""));
        mounted.add(target);
    }

    @Override
    public Optional<String> nfsObstacle() {
        return nfsObstacle;
    }

    @Override
    public void tmpfs(Path target, long bytes, String mode) {
        mounted.add(target);
    }

    @Override
    public void memory(Path target, long bytes) {
        mounted.add(target);
    }

    @Override
    public void bindInside(Path directory, String path, Path target) {
        mounted.add(target);
    }

    @Override
    public void mountDevice(Device device, Path target) {
        mountFailure.ifPresent(failure -> {
            throw failure;
        });
        mounted.add(target);
    }

    @Override
    public void bind(Path source, Path target, boolean following) {
        mounted.add(target);
    }

    @Override
    public boolean bindMapped(Path source, Path target, Path userNamespace, boolean following) {
        mounted.add(target);
        mapped.add(target);
        return true;
    }

    @Override
    public boolean mapsMounts() {
        return true;
    }

    @Override
    public void giveToUsers(Path tree, IdMappings ids, OptionalLong group) {
        mounted.remove(tree);
    }

    @Override
    public IdSupply ids() {
        var span = List.of(new IdSupply.Span(100_000, 20 << 16));
        return new IdSupply(span, span, Optional.empty(), 1L << 32, 1L << 32);
    }

    @Override
    public void unmount(Path target) {
        mounted.remove(target);
    }

    @Override
    public void unmountBelow(Path directory) {
        mounted.removeIf(target -> target.startsWith(directory));
    }

    @Override
    public void makeNamespaces(
            Path directory,
            String hostname,
            Map<String, String> parameters,
            Optional<IdMappings> ids) {
        namespaces.add(directory);
        this.parameters.putAll(parameters);
    }

    @Override
    public void pause(Path directory, Consumer<ProcessIdentity> born) {
        try {
            var sleeper = new ProcessBuilder("sleep", "1000").start();
            sleepers.add(sleeper);
            born.accept(ProcessIdentity.of((int) sleeper.pid()).orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the processes that still pause.
    void close() {
        sleepers.forEach(Process::destroyForcibly);
    }

    @Override
    public void giveToUser(Path path, Owner owner) {}

    @Override
    public void giveToGroup(Path volume, GroupGift gift) {
        given.put(volume, gift);
    }

    @Override
    public void dropNamespaces(Path directory) {
        namespaces.remove(directory);
    }

    @Override
    public boolean namespacesAlive(Path directory) {
        return namespaces.contains(directory);
    }

    @Override
    public void removeTree(Path directory) throws IOException {
        if (mounted.stream().anyMatch(target -> target.startsWith(directory))) {
            throw new IOException("something is mounted below " + directory);
        }
        if (Files.exists(directory)) {
            try (var entries = Files.walk(directory)) {
                for (var entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(entry);
                }
            }
        }
    }

    @Override
    public boolean copyOut(Path root, String path, Path target, Optional<IdMappings> owners) {
        return false;
    }

    @Override
    public void makeGroup(String cgroup) {
        groups.add(cgroup);
    }

    @Override
    public void limitGroup(String cgroup, dev.kelpie.runtime.cgroup.ResourceLimits limits) {
        groups.add(cgroup);
    }

    @Override
    public void makeRoom(String cgroup, String inner) {
        groups.add(cgroup + "/" + inner);
    }

    @Override
    public void enterGroup(String cgroup) {}

    @Override
    public void leaveGroup(String cgroup) {}

    boolean limits = true;

    @Override
    public boolean limits() {
        return limits;
    }

    @Override
    public void endHolder() {
        // no namespaces here
    }

    @Override
    public Optional<Cgroups.Usage> usage(String cgroup) {
        return Optional.empty();
    }

    @Override
    public List<Integer> processes(String cgroup) {
        return List.of();
    }

    @Override
    public void freeze(String cgroup, boolean on) {
        if (on) {
            frozen.add(cgroup);
        } else {
            frozen.remove(cgroup);
        }
    }

    @Override
    public boolean isFrozen(String cgroup) {
        return frozen.contains(cgroup);
    }

    @Override
    public boolean killGroup(String cgroup) {
        return true;
    }

    @Override
    public void removeGroup(String cgroup) {
        groups.remove(cgroup);
    }

    @Override
    public String bootId() {
        return boot;
    }

    @Override
    public SocketChannel socket(ProcessIdentity process, boolean ipv6) throws IOException {
        return SocketChannel.open();
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
        return ProcessHandle.of(process.pid())
                .map(handle -> handle.onExit().<Void>thenApply(_ -> null))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }
}
