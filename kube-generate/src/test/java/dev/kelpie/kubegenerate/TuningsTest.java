package dev.kelpie.kubegenerate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.spec.ContainerPolicy;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.Logging;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.ProcessSpec;
import dev.kelpie.engine.spec.PullPolicy;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.Resources.Amounts;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.engine.spec.Security;
import dev.kelpie.engine.spec.Tuning;
import dev.kelpie.engine.spec.Upkeep;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class TuningsTest {
    private static final Tuning TUNING =
            new Tuning(
                    new Tuning.Cpu(
                            OptionalLong.of(512),
                            OptionalLong.of(50_000),
                            OptionalLong.of(100_000),
                            Optional.of("0-1"),
                            Optional.of("0")),
                    new Tuning.Memory(OptionalLong.of(-1), OptionalLong.of(32 << 20)),
                    OptionalInt.of(100),
                    List.of(new Tuning.Ulimit("nofile", 10, 20)),
                    List.of(new Tuning.Device("/dev/fuse", "/dev/fuse", "rwm")));
    private static final Resources SPEC =
            new Resources(Amounts.NONE, Amounts.NONE, OptionalLong.of(9)).withTuning(TUNING);

    @Test
    void weightsQuotasAndReservationsAreRequestsAndLimits() {
        var made = Tunings.amounts(SPEC);
        assertThat(made.requests())
                .isEqualTo(new Amounts(OptionalLong.of(500), OptionalLong.of(32 << 20)));
        assertThat(made.limits())
                .isEqualTo(new Amounts(OptionalLong.of(2000), OptionalLong.empty()));
        var own =
                new Resources(
                                new Amounts(OptionalLong.of(7), OptionalLong.of(8)),
                                Amounts.NONE,
                                OptionalLong.empty())
                        .withTuning(TUNING);
        assertThat(Tunings.amounts(own).requests()).isEqualTo(own.requests());
    }

    @Test
    void devicesAreAmongLimitsWherePodmanIsMeant() {
        var named = Tuning.Device.named("vendor.com/class=a");
        var both = new Tuning.Device("/dev/zero", "/dev/naught", "r");
        assertThat(Tunings.devices(TUNING.withDevices(List.of(named, both))))
                .containsExactly("vendor.com/class=a", "podman.io/device=/dev/zero:/dev/naught:r");
    }

    @Test
    void whatHasNoFieldIsTold() {
        var losses = new Losses();
        var metadata = new ObjectMeta();
        new Tunings(container(), false, metadata, losses).tell();
        assertThat(metadata.getAnnotations()).isNullOrEmpty();
        assertThat(losses.lines())
                .containsExactly(
                        "container 'web': limit of 9 processes",
                        "container 'web': only processors 0-1",
                        "container 'web': only memory nodes 0",
                        "container 'web': memory with swap of -1 bytes (-1: no limit)",
                        "container 'web': its rank of 100 when memory is out",
                        "container 'web': ulimit nofile=10:20",
                        "container 'web': device '/dev/fuse': clusters have plugins for devices",
                        "container 'web': a first process that reaps (--init)",
                        "container 'web': its end after 5 s",
                        "container 'web': log driver none",
                        "container 'web': a log of at most 7 bytes");
    }

    @Test
    void podmansAnnotationsSayWhatTheyCan() {
        var losses = new Losses();
        var metadata = new ObjectMeta();
        metadata.setAnnotations(Map.of("a", "b", "io.podman.annotations.ulimit", "core=0:0"));
        new Tunings(container(), true, metadata, losses).tell();
        assertThat(metadata.getAnnotations())
                .containsEntry("a", "b")
                .containsEntry("io.podman.annotations.pids-limit/web", "9")
                .containsEntry("io.podman.annotations.cpuset/web", "0-1")
                .containsEntry("io.podman.annotations.memory-nodes/web", "0")
                .containsEntry("io.podman.annotations.init/web", "TRUE")
                .containsEntry("io.podman.annotations.ulimit", "core=0:0");
        assertThat(losses.lines())
                .contains("container 'web': ulimit nofile=10:20")
                .doesNotContain("container 'web': limit of 9 processes");
    }

    private static ContainerSpec container() {
        var log = new Logging(Logging.Driver.NONE, OptionalLong.of(7), Optional.empty());
        var upkeep =
                new Upkeep(
                        log,
                        Upkeep.USUAL.group(),
                        Optional.empty(),
                        Upkeep.USUAL.says(),
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(5)),
                        false,
                        true);
        return new ContainerSpec(
                Metadata.of("web"),
                "web",
                new ImageSource("localhost/x:1", PullPolicy.MISSING),
                ProcessSpec.FROM_IMAGE,
                List.of(),
                SPEC,
                Security.DEFAULT,
                new ContainerPolicy(RestartPolicy.ALWAYS, 0, Optional.empty(), Duration.ZERO, false)
                        .withUpkeep(upkeep));
    }
}
