package dev.kelpie.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On trees of plain files, so it needs no root.
class CgroupsTest {

    @TempDir Path mount;

    private void file(String name, String text) throws IOException {
        var file = mount.resolve(name);
        Files.createDirectories(file.getParent() == null ? mount : file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void tellsTheThreeKindsApart() throws IOException {
        file("cpu/cgroup.procs", "");
        assertThat(Cgroups.detect(mount).mode()).isEqualTo(Cgroups.Mode.V1);
        file("unified/cgroup.controllers", "hugetlb\n");
        assertThat(Cgroups.detect(mount).mode()).isEqualTo(Cgroups.Mode.HYBRID);
        file("cgroup.controllers", "cpu memory pids\n");
        assertThat(Cgroups.detect(mount).mode()).isEqualTo(Cgroups.Mode.V2);
    }

    @Test
    void enablesControllersOnTheWayDownAndWritesLimits() throws IOException {
        file("cgroup.controllers", "cpu memory pids\n");
        file("cgroup.subtree_control", "");
        var cgroups = Cgroups.detect(mount);
        cgroups.create(
                "/kelpie/pod",
                ResourceLimits.none()
                        .withMemory(1 << 20)
                        .withMilliCpus(1500)
                        .withPids(9)
                        .withCpuShares(1024));
        assertThat(mount.resolve("cgroup.subtree_control")).content().startsWith("+");
        assertThat(mount.resolve("kelpie/pod/memory.max")).hasContent("1048576");
        assertThat(mount.resolve("kelpie/pod/cpu.max")).hasContent("150000 100000");
        assertThat(mount.resolve("kelpie/pod/cpu.weight")).hasContent("39");
        assertThat(mount.resolve("kelpie/pod/pids.max")).hasContent("9");
    }

    @Test
    void readsUsageOfV2() throws IOException {
        file("cgroup.controllers", "cpu memory pids\n");
        file("a/memory.current", "4096\n");
        file("a/cpu.stat", "usage_usec 1500\nuser_usec 1000\n");
        var usage = Cgroups.detect(mount).usage("/a").orElseThrow();
        assertThat(usage.memoryBytes()).contains(4096L);
        assertThat(usage.cpuNanos()).contains(1_500_000L);
        assertThat(usage.pids()).isEmpty();
    }

    @Test
    void pagesThatCanBeDroppedAreNotUsedMemory() throws IOException {
        file("cgroup.controllers", "cpu memory pids\n");
        file("a/memory.current", "4096\n");
        file("a/memory.stat", "active_file 5\ninactive_file 1000\n");
        file("a/memory.max", "max\n");
        file("a/io.stat", "8:0 rbytes=10 wbytes=3\n8:16 rbytes=1 wbytes=0\n");
        var usage = Cgroups.detect(mount).usage("/a").orElseThrow();
        assertThat(usage.memoryBytes()).contains(3096L);
        assertThat(usage.memoryLimit()).isEmpty();
        assertThat(usage.readBytes()).contains(11L);
        assertThat(usage.writtenBytes()).contains(3L);
    }

    @Test
    void readsUsageOfV1() throws IOException {
        file("memory/a/memory.usage_in_bytes", "4096\n");
        file("memory/a/memory.limit_in_bytes", "8192\n");
        file("memory/a/memory.stat", "inactive_file 1\ntotal_inactive_file 96\n");
        file(
                "blkio/a/blkio.throttle.io_service_bytes_recursive",
                "8:0 Read 7\n8:0 Write 2\nTotal 9\n");
        var usage = Cgroups.detect(mount).usage("/a").orElseThrow();
        assertThat(usage.memoryBytes()).contains(4000L);
        assertThat(usage.memoryLimit()).contains(8192L);
        assertThat(usage.readBytes()).contains(7L);
        assertThat(usage.writtenBytes()).contains(2L);
    }

    /// Pitfall 27: an empty cpuset takes nobody in.
    @Test
    void copiesCpusetsDownOnV1() throws IOException {
        file("cpuset/cpuset.cpus", "0-1\n");
        file("cpuset/cpuset.mems", "0\n");
        file("cpuset/kelpie/cpuset.cpus", "");
        file("cpuset/kelpie/cpuset.mems", "");
        Cgroups.detect(mount).create("/kelpie", ResourceLimits.none());
        assertThat(mount.resolve("cpuset/kelpie/cpuset.cpus")).hasContent("0-1");
    }
}
