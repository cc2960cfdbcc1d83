package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.Resources.Amounts;
import dev.kelpie.engine.spec.Tuning;
import dev.kelpie.engine.spec.Upkeep;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// What the engine and the kernel were told of a container in their own words: amounts where it is
/// one to Kubernetes, annotations of Podman's where they are wanted, losses else.
final class Tunings {
    private static final String OF_PODMAN = "io.podman.annotations.";
    private static final String PATH = "podman.io/device=";
    private static final long SHARES_OF_A_CORE = 1024;
    private static final long USUAL_PERIOD = 100_000;

    private final ContainerSpec container;
    private final String owner;
    private final boolean podmanOnly;
    private final ObjectMeta metadata;
    private final Losses losses;

    /// @param metadata of the pod, for annotations
    Tunings(ContainerSpec container, boolean podmanOnly, ObjectMeta metadata, Losses losses) {
        this.container = container;
        this.owner = "container '" + container.name() + "'";
        this.podmanOnly = podmanOnly;
        this.metadata = metadata;
        this.losses = losses;
    }

    /// Weights, quotas and reservations as requests and limits, where there are none yet.
    static Resources amounts(Resources spec) {
        var cpu = spec.tuning().cpu();
        var quota = cpu.quota().orElse(0);
        var ofQuota =
                quota > 0
                        ? OptionalLong.of(quota * 1000 / cpu.period().orElse(USUAL_PERIOD))
                        : OptionalLong.empty();
        var ofShares =
                cpu.shares().isPresent()
                        ? OptionalLong.of(cpu.shares().getAsLong() * 1000 / SHARES_OF_A_CORE)
                        : OptionalLong.empty();
        return new Resources(
                new Amounts(
                        first(spec.requests().milliCpu(), ofShares),
                        first(spec.requests().memory(), spec.tuning().memory().reservation())),
                new Amounts(first(spec.limits().milliCpu(), ofQuota), spec.limits().memory()),
                spec.pidsLimit(),
                spec.hugepages(),
                spec.restartOnResize());
    }

    private static OptionalLong first(OptionalLong one, OptionalLong other) {
        return one.isPresent() ? one : other;
    }

    /// Devices as Podman has them among limits.
    static List<String> devices(Tuning tuning) {
        return tuning.devices().stream()
                .map(device -> device.named() ? device.hostPath() : PATH + device.words())
                .toList();
    }

    /// Tells the rest.
    void tell() {
        container.resources().pidsLimit().ifPresent(this::processes);
        processors(container.resources().tuning().cpu());
        container.resources().tuning().devices().stream()
                .flatMap(device -> device.registries().stream())
                .distinct()
                .forEach(folder -> lost("devices described in '" + folder + "' (--cdi-spec-dir)"));
        container
                .resources()
                .tuning()
                .memory()
                .withSwap()
                .ifPresent(bytes -> lost("memory with swap of " + bytes + " bytes (-1: no limit)"));
        container
                .resources()
                .tuning()
                .oomScoreAdj()
                .ifPresent(score -> lost("its rank of " + score + " when memory is out"));
        limits();
        for (var device : container.resources().tuning().devices()) {
            if (!podmanOnly) {
                lost("device '" + device.hostPath() + "': clusters have plugins for devices");
            }
        }
        upkeep(container.policy().upkeep());
    }

    private void processes(long most) {
        said(
                "pids-limit/" + container.shortName(),
                Long.toString(most),
                most == 0 ? "no limit of processes" : "limit of " + most + " processes");
    }

    private void processors(Tuning.Cpu cpu) {
        cpu.set()
                .ifPresent(set ->
                        said("cpuset/" + container.shortName(), set, "only processors " + set));
        cpu.mems()
                .ifPresent(nodes ->
                        said(
                                "memory-nodes/" + container.shortName(),
                                nodes,
                                "only memory nodes " + nodes));
        if (cpu.quota().isEmpty() && cpu.period().isPresent()) {
            lost("a period of " + cpu.period().getAsLong() + " µs for its share of processors");
        }
    }

    /// Podman knows an annotation for all containers of a pod only.
    private void limits() {
        var words =
                container.resources().tuning().ulimits().stream()
                        .map(each -> each.name() + "=" + each.soft() + ":" + each.hard())
                        .collect(Collectors.joining(","));
        if (!words.isEmpty()) {
            said("ulimit", words, "ulimit " + words);
        }
    }

    private void upkeep(Upkeep upkeep) {
        if (upkeep.init()) {
            said("init/" + container.shortName(), "TRUE", "a first process that reaps (--init)");
        }
        upkeep.longestRun().ifPresent(time -> lost("its end after " + time.toSeconds() + " s"));
        upkeep.conmonPidFile().ifPresent(file -> lost("pid file '" + file + "'"));
        if (!upkeep.group().equals(Upkeep.USUAL.group())) {
            lost("its control group, " + upkeep.group().group().orElse("that of its unit"));
        }
        if (upkeep.says() != Upkeep.USUAL.says()) {
            lost("who tells systemd that it is ready (--sdnotify)");
        }
        var log = upkeep.log();
        if (log.driver() != Upkeep.USUAL.log().driver()) {
            lost(
                    "log driver "
                            + log.driver()
                                    .name()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .replace('_', '-'));
        }
        log.maxBytes().ifPresent(bytes -> lost("a log of at most " + bytes + " bytes"));
        log.tag().ifPresent(tag -> lost("the tag '" + tag + "' of its log"));
    }

    private void lost(String what) {
        losses.note(owner, what);
    }

    /// As an annotation, unless it is not wanted or another container has another one.
    private void said(String key, String value, String loss) {
        var annotations = metadata.getAnnotations();
        if (!podmanOnly || !value.equals(annotations.getOrDefault(OF_PODMAN + key, value))) {
            lost(loss);
            return;
        }
        var more = new LinkedHashMap<>(annotations);
        more.put(OF_PODMAN + key, value);
        metadata.setAnnotations(more);
    }
}
