package dev.kelpie.app.command.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.FakeSession;
import dev.kelpie.app.command.FakeSurroundings;
import dev.kelpie.app.command.unit.ContainerText;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.EnvVar;
import dev.kelpie.engine.spec.GroupWords;
import dev.kelpie.engine.spec.Manner;
import dev.kelpie.engine.spec.PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FurtherFlagsTest {
    private final List<String> losses = new ArrayList<>();
    private final RunLine run =
            new RunLine(new Call(new FakeSession(), FakeSurroundings.withoutEngine()));

    private PodSpec read(String... flags) {
        var words = new ArrayList<>(List.of(flags));
        words.add("image");
        return run.read(words, "c", losses::add).solo();
    }

    private ContainerSpec container(String... flags) {
        return read(flags).containers().getFirst();
    }

    @Test
    void tellsTheControlGroupWhatDevicesMayDo() {
        var words =
                container(
                                "--device-read-bps=/dev/sda:10m",
                                "--device-write-iops=/dev/sda:50",
                                "--blkio-weight-device=/dev/sda:20",
                                "--device-cgroup-rule=c 81:* rmw")
                        .resources()
                        .tuning()
                        .groups();
        assertThat(words.ioRules())
                .containsExactly(
                        new GroupWords.IoRule(GroupWords.Kind.WEIGHT, "/dev/sda", 20),
                        new GroupWords.IoRule(GroupWords.Kind.READ_BYTES, "/dev/sda", 10 << 20),
                        new GroupWords.IoRule(GroupWords.Kind.WRITE_OPERATIONS, "/dev/sda", 50));
        assertThat(words.deviceRules())
                .containsExactly(
                        new GroupWords.DeviceRule(
                                "c", OptionalLong.of(81), OptionalLong.empty(), "rmw"));
    }

    @Test
    void variablesGoAndAreMerged() {
        var env =
                container("--env=A=1", "--env=B=2", "--unsetenv=A", "--env-merge=P=${P}:/x")
                        .process()
                        .env();
        assertThat(env)
                .containsExactly(
                        new EnvVar("A", "", EnvVar.How.TAKEN_AWAY),
                        new EnvVar("B", "2"),
                        new EnvVar("P", "${P}:/x", EnvVar.How.MERGED));
    }

    @Test
    void anInitIsReadiedForSystemd() {
        var manner = container().policy().lifecycle().manner();
        assertThat(manner.runsSystemd(List.of("/sbin/init"))).isTrue();
        assertThat(manner.runsSystemd(List.of("/usr/lib/systemd/systemd", "--x"))).isTrue();
        assertThat(manner.runsSystemd(List.of("sh", "/sbin/init"))).isFalse();
        var never = container("--systemd=false").policy().lifecycle().manner();
        assertThat(never.runsSystemd(List.of("/sbin/init"))).isFalse();
        var always = container("--systemd=always").policy().lifecycle().manner();
        assertThat(always).isEqualTo(manner.withSystemd(Manner.Systemd.ALWAYS));
        assertThat(always.runsSystemd(List.of("sh"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--umask=9 | invalid umask string 9",
                "--memory-swappiness=500 | valid memory swappiness range is 0-100",
                "--blkio-weight=5 | must be 10 to 1000",
                "--device-read-bps=/dev/sda | use /dev/DEVICE:VALUE",
                "--device-write-iops=/dev/sda:many | \"many\" is not a number",
                "--device-cgroup-rule=x | requires type, major:Minor",
                "--cgroup-conf=../x=1 | use FILE=VALUE",
                "--env-merge=A | use NAME=VALUE",
                "--systemd=perhaps | true, false, always",
                "--image-volume=x | anonymous, tmpfs, ignore",
                "--uts=yours | use private, host or container:NAME",
                "--cgroupns=container:x | invalid --cgroupns",
                "--hosts-file=hosts | absolute path, image or none"
            })
    void tellsWhatIsWrong(String flag, String message) {
        read(flag);
        assertThat(losses).singleElement().asString().contains(message);
    }

    @Test
    void aLineOfAFileIsOneLine() {
        read("--passwd-entry=a\nb:");
        assertThat(losses).singleElement().asString().contains("must be one line");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--umask=0077",
                "--passwd=false",
                "--passwd-entry=me:*:$UID:$GID::/:/bin/sh",
                "--group-entry=us:x:$GID:",
                "--hostuser=games",
                "--unsetenv=A",
                "--unsetenv-all",
                "--systemd=always",
                "--image-volume=tmpfs",
                "--pidfile=/run/c.pid",
                "--no-hosts",
                "--no-hostname",
                "--uts=host",
                "--cgroupns=host",
                "--pid=container:other",
                "--ipc=container:other",
                "--cpuset-mems=0-1",
                "--blkio-weight-device=/dev/sda:20",
                "--device-read-bps=/dev/sda:1048576",
                "--device-write-bps=/dev/sda:1048576",
                "--device-read-iops=/dev/sda:9",
                "--device-write-iops=/dev/sda:9",
                "--device-cgroup-rule=c 81:* rmw"
            })
    void aUnitFileSaysItAgain(String flag) {
        var whole = read(flag);
        var text =
                new ContainerText(
                                whole.containers().getFirst(), whole, Optional.empty(), losses::add)
                        .text();
        var quoted = flag.indexOf(' ') < 0 ? flag : '"' + flag + '"';
        assertThat(text).contains("PodmanArgs=").contains(quoted.replace("$", "$$"));
        assertThat(losses).isEmpty();
        assertThat(whole).isNotEqualTo(read());
    }

    @Test
    void aFolderOfTheHostIsTheRoot() {
        var spec = container("--rootfs=true");
        assertThat(spec.image().fromImage()).isFalse();
        assertThat(spec.image().reference()).endsWith("/image");
    }
}
