package dev.kelpie.runtime.cgroup;

import dev.kelpie.runtime.CgroupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One hierarchy per controller, each a folder below the mount; on a hybrid host a v2 one beside
/// them at `unified`, which runc makes groups in, so that they must be removed there too.
final class CgroupsV1 implements Cgroups {

    private static final String UNIFIED = "unified";

    private final Mode mode;
    private final Map<String, CgroupTree> hierarchies;

    private CgroupsV1(Mode mode, Map<String, CgroupTree> hierarchies) {
        this.mode = mode;
        this.hierarchies = hierarchies;
    }

    /// Joint hierarchies are folders such as `cpu,cpuacct`, with links by the single names; a real
    /// folder counts once.
    static CgroupsV1 at(Path mount) {
        var found = new TreeMap<String, CgroupTree>();
        try (var folders = Files.newDirectoryStream(mount)) {
            for (var folder : folders) {
                if (Files.isDirectory(folder) && !Files.isSymbolicLink(folder)) {
                    found.put(folder.getFileName().toString(), new CgroupTree(folder));
                }
            }
        } catch (IOException e) {
            throw new CgroupException("cannot list control groups at '" + mount + "'", e);
        }
        var hybrid = Files.exists(mount.resolve(UNIFIED).resolve("cgroup.controllers"));
        return new CgroupsV1(hybrid ? Mode.HYBRID : Mode.V1, found);
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public List<String> controllers() {
        return hierarchies.keySet().stream()
                .filter(name -> !name.equals(UNIFIED) && !name.equals("systemd"))
                .flatMap(name -> List.of(name.split(",", -1)).stream())
                .toList();
    }

    private Optional<CgroupTree> holding(String controller) {
        return hierarchies.entrySet().stream()
                .filter(entry -> List.of(entry.getKey().split(",", -1)).contains(controller))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    @Override
    public void create(String path, ResourceLimits limits) {
        hierarchies.forEach((name, tree) -> {
            if (!name.equals(UNIFIED)) {
                tree.chain(path).forEach(tree::makeFolder);
            }
        });
        holding("cpuset").ifPresent(tree -> inheritCpuset(tree, path));
        holding("memory").ifPresent(tree -> limitMemory(tree, path, limits));
        holding("cpu").ifPresent(tree -> limitCpu(tree, path, limits));
        holding("pids")
                .ifPresent(tree ->
                        set(
                                tree,
                                path,
                                "pids.max",
                                limits.pids().map(most -> most <= 0 ? "max" : "" + most)));
        holding("cpuset").ifPresent(tree -> set(tree, path, "cpuset.cpus", limits.cpusetCpus()));
    }

    /// A new v1 cpuset is empty and no process may join it: cpus and memory nodes are copied down
    /// the chain.
    private static void inheritCpuset(CgroupTree tree, String path) {
        for (var folder : tree.chain(path)) {
            for (var file : List.of("cpuset.cpus", "cpuset.mems")) {
                if (tree.read(folder.resolve(file)).filter(String::isEmpty).isPresent()) {
                    tree.read(folder.resolveSibling(file))
                            .filter(value -> !value.isEmpty())
                            .ifPresent(value -> tree.write(folder.resolve(file), value));
                }
            }
        }
    }

    /// The kernel keeps memsw >= memory at every moment, so growing sets memsw first and shrinking
    /// sets it last.
    private static void limitMemory(CgroupTree tree, String path, ResourceLimits limits) {
        var memory = limits.memoryBytes().map(Object::toString);
        var both = limits.memoryAndSwapBytes().map(Object::toString);
        var now =
                tree.number(tree.folder(path).resolve("memory.limit_in_bytes"))
                        .orElse(Long.MAX_VALUE);
        var hasSwap = Files.exists(tree.folder(path).resolve("memory.memsw.limit_in_bytes"));
        var grows = limits.memoryBytes().filter(bytes -> bytes < 0 || bytes > now).isPresent();
        if (hasSwap && grows) {
            set(tree, path, "memory.memsw.limit_in_bytes", both);
        }
        set(tree, path, "memory.limit_in_bytes", memory);
        if (hasSwap && !grows) {
            set(tree, path, "memory.memsw.limit_in_bytes", both);
        }
        set(
                tree,
                path,
                "memory.soft_limit_in_bytes",
                limits.memoryReservationBytes().map(Object::toString));
    }

    private static void limitCpu(CgroupTree tree, String path, ResourceLimits limits) {
        set(tree, path, "cpu.shares", limits.cpuShares().map(Object::toString));
        set(tree, path, "cpu.cfs_period_us", limits.cpuPeriodMicros().map(Object::toString));
        set(tree, path, "cpu.cfs_quota_us", limits.cpuQuotaMicros().map(Object::toString));
    }

    private static void set(CgroupTree tree, String path, String file, Optional<String> value) {
        value.ifPresent(text -> tree.write(tree.folder(path).resolve(file), text));
    }

    @Override
    public boolean exists(String path) {
        return hierarchies.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(UNIFIED))
                .allMatch(entry -> entry.getValue().exists(path));
    }

    @Override
    public boolean holdsUs(String path) {
        var lines = OwnCgroups.read().stream().filter(line -> !line.startsWith("0::")).toList();
        return !lines.isEmpty() && lines.stream().allMatch(line -> line.endsWith(":" + path));
    }

    @Override
    public void add(String path, int pid) {
        hierarchies.forEach((name, tree) -> {
            if (!name.equals(UNIFIED)) {
                tree.write(tree.folder(path).resolve("cgroup.procs"), Integer.toString(pid));
            }
        });
    }

    @Override
    public void makeRoom(String path, String inner) {
        // any group may have both processes and controllers
    }

    @Override
    public List<Integer> processes(String path) {
        var pids = new ArrayList<Integer>();
        hierarchies.values().forEach(tree -> pids.addAll(tree.processes(path)));
        return pids.stream().distinct().toList();
    }

    @Override
    public boolean killAll(String path) throws InterruptedException {
        return CgroupSweep.killAll(() -> processes(path), () -> thaw(path));
    }

    /// A frozen process on v1 takes SIGKILL only once thawed.
    private void thaw(String path) {
        holding("freezer")
                .ifPresent(tree -> {
                    for (var folder : tree.deepestFirst(path)) {
                        var state = folder.resolve("freezer.state");
                        if (tree.read(state).filter(now -> !now.equals("THAWED")).isPresent()) {
                            tree.write(state, "THAWED");
                        }
                    }
                });
    }

    @Override
    public void freeze(String path, boolean frozen) throws InterruptedException {
        var folder = freezer().folder(path);
        var wanted = frozen ? "FROZEN" : "THAWED";
        CgroupSweep.await(
                "group '" + path + "'",
                () -> {
                    // a process that was just born may need to be told again
                    freezer().write(folder.resolve("freezer.state"), wanted);
                    return freezer()
                            .read(folder.resolve("freezer.state"))
                            .filter(wanted::equals)
                            .isPresent();
                });
    }

    private CgroupTree freezer() {
        return holding("freezer")
                .orElseThrow(() ->
                        new CgroupException("cannot pause: the host has no freezer hierarchy"));
    }

    @Override
    public boolean isFrozen(String path) {
        return holding("freezer")
                .flatMap(tree -> tree.read(tree.folder(path).resolve("freezer.state")))
                .filter(state -> !state.equals("THAWED"))
                .isPresent();
    }

    @Override
    public void remove(String path) throws InterruptedException {
        for (var tree : hierarchies.values()) {
            tree.remove(path);
        }
    }

    @Override
    public Optional<Usage> usage(String path) {
        var exists = hierarchies.values().stream().anyMatch(tree -> tree.exists(path));
        return exists
                ? Optional.of(
                        new Usage(
                                workingSet(path),
                                number("memory", path, "memory.limit_in_bytes"),
                                number("cpuacct", path, "cpuacct.usage"),
                                number("pids", path, "pids.current"),
                                moved(path, "Read"),
                                moved(path, "Write")))
                : Optional.empty();
    }

    private Optional<Long> workingSet(String path) {
        return holding("memory")
                .flatMap(tree ->
                        tree.number(tree.folder(path).resolve("memory.usage_in_bytes"))
                                .map(all ->
                                        all
                                                - tree.entry(
                                                        tree.folder(path),
                                                        "memory.stat",
                                                        "total_inactive_file")));
    }

    /// Lines like `8:0 Read 4096`, one for each device.
    private Optional<Long> moved(String path, String way) {
        return holding("blkio")
                .flatMap(tree ->
                        tree.read(
                                tree.folder(path)
                                        .resolve("blkio.throttle.io_service_bytes_recursive")))
                .map(text ->
                        text.lines()
                                .map(line -> line.split(" ", -1))
                                .filter(words -> words.length == 3 && words[1].equals(way))
                                .mapToLong(words -> Long.parseLong(words[2]))
                                .sum());
    }

    private Optional<Long> number(String controller, String path, String file) {
        return holding(controller).flatMap(tree -> tree.number(tree.folder(path).resolve(file)));
    }
}
