package dev.kelpie.runtime.cgroup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One unified hierarchy: a group's controllers must be enabled in each ancestor first (cgroups(7),
/// "subtree_control").
final class CgroupsV2 implements Cgroups {

    private static final List<String> WANTED =
            List.of("cpuset", "cpu", "io", "memory", "hugetlb", "pids");

    private final CgroupTree tree;

    CgroupsV2(Path mount) {
        this.tree = new CgroupTree(mount);
    }

    @Override
    public Mode mode() {
        return Mode.V2;
    }

    @Override
    public List<String> controllers() {
        return words(tree.mount().resolve("cgroup.controllers"));
    }

    @Override
    public void create(String path, ResourceLimits limits) {
        var parent = tree.mount();
        for (var folder : tree.chain(path)) {
            enableControllers(parent);
            tree.makeFolder(folder);
            parent = folder;
        }
        limit(tree.folder(path), limits);
    }

    /// Each by itself: one that cannot be had must not cost the others; what is then missing shows
    /// when a limit is written.
    private void enableControllers(Path parent) {
        var control = parent.resolve("cgroup.subtree_control");
        var enabled = words(control);
        var offered = words(parent.resolve("cgroup.controllers"));
        for (var controller : WANTED) {
            if (offered.contains(controller) && !enabled.contains(controller)) {
                tryWrite(control, "+" + controller);
            }
        }
    }

    private void tryWrite(Path file, String value) {
        try {
            tree.write(file, value);
        } catch (dev.kelpie.runtime.CgroupException e) {
            System.getLogger(CgroupsV2.class.getName())
                    .log(System.Logger.Level.DEBUG, e.getMessage());
        }
    }

    private void limit(Path folder, ResourceLimits limits) {
        limits.memoryBytes()
                .ifPresent(bytes -> tree.write(folder.resolve("memory.max"), max(bytes)));
        limits.memoryReservationBytes()
                .ifPresent(bytes -> tree.write(folder.resolve("memory.low"), max(bytes)));
        limits.memoryAndSwapBytes()
                .map(both -> both < 0 ? both : both - limits.memoryBytes().orElse(0L))
                .map(CgroupsV2::max)
                .filter(_ -> Files.exists(folder.resolve("memory.swap.max")))
                .ifPresent(value -> tree.write(folder.resolve("memory.swap.max"), value));
        limits.cpuQuotaMicros()
                .map(quota ->
                        max(quota)
                                + " "
                                + limits.cpuPeriodMicros().orElse(ResourceLimits.USUAL_PERIOD))
                .ifPresent(value -> tree.write(folder.resolve("cpu.max"), value));
        limits.cpuShares()
                .map(CgroupsV2::weight)
                .ifPresent(
                        weight -> tree.write(folder.resolve("cpu.weight"), Long.toString(weight)));
        limits.pids()
                .ifPresent(most ->
                        tree.write(folder.resolve("pids.max"), most <= 0 ? "max" : "" + most));
        limits.cpusetCpus().ifPresent(cpus -> tree.write(folder.resolve("cpuset.cpus"), cpus));
    }

    /// v1's 2-262144 on v2's 1-10000, as the OCI runtimes convert it.
    static long weight(long shares) {
        return 1 + (Math.clamp(shares, 2L, 262_144L) - 2L) * 9999 / 262_142;
    }

    private static String max(long value) {
        return value < 0 ? "max" : Long.toString(value);
    }

    @Override
    public boolean exists(String path) {
        return tree.exists(path);
    }

    @Override
    public boolean holdsUs(String path) {
        return OwnCgroups.read().stream().anyMatch(line -> line.equals("0::" + path));
    }

    @Override
    public void add(String path, int pid) {
        tree.write(tree.folder(path).resolve("cgroup.procs"), Integer.toString(pid));
    }

    @Override
    public void makeRoom(String path, String inner) {
        var to = tree.folder(path + "/" + inner);
        tree.makeFolder(to);
        tree.read(tree.folder(path).resolve("cgroup.procs")).stream()
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                // one that has ended meanwhile needs no move
                .forEach(pid -> tryWrite(to.resolve("cgroup.procs"), pid));
    }

    @Override
    public List<Integer> processes(String path) {
        return tree.processes(path);
    }

    @Override
    public boolean killAll(String path) throws InterruptedException {
        var kill = tree.folder(path).resolve("cgroup.kill");
        if (Files.exists(kill)) {
            tryWrite(kill, "1");
        }
        return CgroupSweep.killAll(() -> processes(path), () -> thaw(path));
    }

    /// SIGKILL reaches frozen processes here, but they shall not stay frozen for whoever looks
    /// next.
    private void thaw(String path) {
        for (var folder : tree.deepestFirst(path)) {
            if (tree.read(folder.resolve("cgroup.freeze")).filter("1"::equals).isPresent()) {
                tryWrite(folder.resolve("cgroup.freeze"), "0");
            }
        }
    }

    @Override
    public void freeze(String path, boolean frozen) throws InterruptedException {
        var folder = tree.folder(path);
        tree.write(folder.resolve("cgroup.freeze"), frozen ? "1" : "0");
        var wanted = "frozen " + (frozen ? "1" : "0");
        CgroupSweep.await(
                "group '" + path + "'",
                () -> tree.read(folder.resolve("cgroup.events")).orElse(wanted).contains(wanted));
    }

    @Override
    public boolean isFrozen(String path) {
        return tree.read(tree.folder(path).resolve("cgroup.freeze"))
                .filter("1"::equals)
                .isPresent();
    }

    @Override
    public void remove(String path) throws InterruptedException {
        tree.remove(path);
    }

    @Override
    public Optional<Usage> usage(String path) {
        if (!tree.exists(path)) {
            return Optional.empty();
        }
        var folder = tree.folder(path);
        var cpu =
                tree.read(folder.resolve("cpu.stat")).stream()
                        .flatMap(String::lines)
                        .filter(line -> line.startsWith("usage_usec "))
                        .map(line -> Long.parseLong(line.substring(11).strip()) * 1000)
                        .findFirst();
        return Optional.of(
                new Usage(
                        tree.number(folder.resolve("memory.current"))
                                .map(all ->
                                        all - tree.entry(folder, "memory.stat", "inactive_file")),
                        tree.number(folder.resolve("memory.max")),
                        cpu,
                        tree.number(folder.resolve("pids.current")),
                        moved(folder, "rbytes="),
                        moved(folder, "wbytes=")));
    }

    /// Lines like `8:0 rbytes=1 wbytes=2 …`, one for each device.
    private Optional<Long> moved(Path folder, String key) {
        return tree.read(folder.resolve("io.stat"))
                .map(text ->
                        Stream.of(text.split("\\s+"))
                                .filter(word -> word.startsWith(key))
                                .mapToLong(word -> Long.parseLong(word.substring(key.length())))
                                .sum());
    }

    private List<String> words(Path file) {
        return tree.read(file).stream()
                .flatMap(line -> Stream.of(line.split(" ", -1)))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
