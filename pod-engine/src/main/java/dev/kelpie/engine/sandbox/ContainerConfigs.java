package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.ResolvedProcess;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.Tuning;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.StateStore;
import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.oci.ContainerConfig;
import dev.kelpie.runtime.oci.ContainerConfig.NamespaceChoice;
import dev.kelpie.runtime.oci.GroupWords;
import dev.kelpie.runtime.spec.Mount;
import dev.kelpie.runtime.spec.OciProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the OCI runtime is told of a container: its row and its pod's, in the runtime's words.
public final class ContainerConfigs {

    private final EngineFiles files;
    private final FactBook facts;
    private final Cgroups cgroups;
    private final StateStore store;

    public ContainerConfigs(EngineFiles files, FactBook facts, Cgroups cgroups, StateStore store) {
        this.files = files;
        this.facts = facts;
        this.cgroups = cgroups;
        this.store = store;
    }

    /// What is settled for one run.
    ///
    /// @param process with its whole environment, secrets too
    /// @param infra id of the pod's infra container, empty without one
    public record Shape(ResolvedProcess process, Optional<String> infra, List<Mount> mounts) {
        public Shape {
            mounts = List.copyOf(mounts);
        }
    }

    /// What a container may use.
    public static ResourceLimits limits(PodRow pod, ContainerRow container) {
        return Ranks.limits(pod.spec(), container.spec());
    }

    /// What its control group is told besides.
    public static GroupWords words(ContainerRow container) {
        return GroupWording.of(container.spec().resources().tuning());
    }

    /// What it is told of this one.
    public ContainerConfig of(PodRow pod, ContainerRow container, Shape shape) {
        var isInfra = container.kind() == ContainerKind.INFRA;
        var spec = container.spec();
        var process = shape.process();
        return new ContainerConfig(
                new ContainerConfig.Rootfs(
                        isInfra && pod.ids().isEmpty()
                                ? files.infraRoot()
                                : files.rootfs(container.id()),
                        isInfra || spec.security().readOnlyRootFilesystem(),
                        !spec.security().noScratch()),
                new ContainerConfig.Command(
                        process.argv(),
                        process.env(),
                        process.workingDir(),
                        process.user(),
                        ConfinementWords.userRules(spec.security().runAs()),
                        spec.process().terminal()),
                namespaces(pod, container, shape.infra()),
                shape.mounts(),
                security(container),
                new ContainerConfig.Limits(
                        isInfra ? ResourceLimits.none() : Ranks.limits(pod.spec(), spec),
                        rlimits(spec.resources().tuning()),
                        oomScore(spec.resources().tuning())
                                .or(() ->
                                        isInfra
                                                ? Optional.empty()
                                                : Ranks.oomScoreAdj(pod.spec(), spec)),
                        words(container)),
                cgroups.container(container),
                spec.metadata().annotations());
    }

    private static List<OciProcess.Rlimit> rlimits(Tuning tuning) {
        return tuning.ulimits().stream()
                .map(limit -> OciProcess.Rlimit.named(limit.name(), limit.soft(), limit.hard()))
                .toList();
    }

    private static Optional<Integer> oomScore(Tuning tuning) {
        return tuning.oomScoreAdj().isPresent()
                ? Optional.of(tuning.oomScoreAdj().getAsInt())
                : Optional.empty();
    }

    private static ContainerConfig.Security security(ContainerRow container) {
        var wanted = container.spec().security();
        return new ContainerConfig.Security(
                wanted.privileged(),
                List.copyOf(wanted.addCapabilities()),
                List.copyOf(wanted.dropCapabilities()),
                wanted.noNewPrivileges(),
                ConfinementWords.seccomp(wanted.confinement().seccomp()),
                ConfinementWords.proc(wanted.confinement().proc()),
                ConfinementWords.labels(wanted.confinement()),
                container.spec().resources().tuning().devices().stream()
                        .filter(device -> !device.named())
                        .map(device ->
                                new ContainerConfig.HostDevice(
                                        Path.of(device.hostPath()),
                                        device.containerPath(),
                                        device.access()))
                        .toList());
    }

    private ContainerConfig.Namespaces namespaces(
            PodRow pod, ContainerRow container, Optional<String> infra) {
        var directory = files.namespaces(pod.id());
        var sharing = pod.spec().sharing();
        return new ContainerConfig.Namespaces(
                network(pod, directory),
                sharing.hostIpc()
                        ? new NamespaceChoice.Host()
                        : ofOther(sharing.scopes().ipcOf(), "ipc").orElse(joined(directory, "ipc")),
                sharing.scopes().hostUts()
                        ? new NamespaceChoice.Host()
                        : ofOther(sharing.scopes().utsOf(), "uts").orElse(joined(directory, "uts")),
                pid(pod, container, infra),
                sharing.scopes().hostCgroup()
                        ? new NamespaceChoice.Host()
                        : new NamespaceChoice.Own(),
                Optional.of(Sandboxes.hostname(pod)),
                Map.of(),
                pod.ids().isPresent() ? joined(directory, "user") : new NamespaceChoice.Host());
    }

    private NamespaceChoice network(PodRow pod, Path directory) {
        return switch (pod.spec().network().mode()) {
            case PodNetwork.Host _ -> new NamespaceChoice.Host();
            case PodNetwork.OfContainer(var name) ->
                    ofOther(
                                    store.now()
                                            .containerNamed(name)
                                            .map(ContainerRow::id)
                                            .or(() -> Optional.of(name)),
                                    "net")
                            .orElseThrow();
            default -> joined(directory, "net");
        };
    }

    private NamespaceChoice pid(PodRow pod, ContainerRow container, Optional<String> infra) {
        var sharing = pod.spec().sharing();
        if (container.kind() == ContainerKind.INFRA) {
            return new NamespaceChoice.Own();
        }
        var target =
                Optional.ofNullable(
                                container.spec().metadata().annotations().get(ContainerSpec.TARGET))
                        .filter(_ -> container.kind() == ContainerKind.EPHEMERAL)
                        .flatMap(facts::find);
        if (target.isPresent()) {
            return processesOf(target.get());
        }
        var others = ofOther(sharing.scopes().processesOf(), "pid");
        if (others.isPresent()) {
            return others.get();
        }
        if (sharing.hostPid() && container.kind() != ContainerKind.INIT) {
            return new NamespaceChoice.Host();
        }
        if (sharing.shareProcesses() && infra.isPresent()) {
            var run = facts.find(infra.get());
            if (run.isPresent()) {
                return processesOf(run.get());
            }
        }
        return new NamespaceChoice.Own();
    }

    private static NamespaceChoice processesOf(RunFacts run) {
        return namespaceOf(run, "pid");
    }

    private static NamespaceChoice namespaceOf(RunFacts run, String name) {
        return new NamespaceChoice.Joined(Path.of("/proc/" + run.init().pid() + "/ns/" + name));
    }

    /// A namespace of another container, which has to run.
    private Optional<NamespaceChoice> ofOther(Optional<String> id, String name) {
        return id.map(other ->
                namespaceOf(
                        facts.find(other)
                                .orElseThrow(() ->
                                        new InvalidRequestException(
                                                "container "
                                                        + other
                                                        + ", whose "
                                                        + name
                                                        + " namespace it is to join, does not run")),
                        name));
    }

    private static NamespaceChoice joined(Path directory, String name) {
        return new NamespaceChoice.Joined(directory.resolve(name));
    }
}
