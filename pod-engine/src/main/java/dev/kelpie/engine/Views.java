package dev.kelpie.engine;

import dev.kelpie.engine.report.ContainerConnections;
import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.ContainerFiles;
import dev.kelpie.engine.report.ContainerInspection;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.ContainerState;
import dev.kelpie.engine.report.ContainerStatus;
import dev.kelpie.engine.report.ContainerSummary;
import dev.kelpie.engine.report.PodMember;
import dev.kelpie.engine.report.PodReference;
import dev.kelpie.engine.report.PodSummary;
import dev.kelpie.engine.sandbox.Networks;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.sandbox.RunFacts;
import dev.kelpie.engine.sandbox.Sandboxes;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What listings and inspection show: the intent together with what the kernel says right now.
final class Views {

    private final Core core;
    private final Lookup lookup;
    private final Standings standings;

    Views(Core core) {
        this.core = core;
        this.lookup = new Lookup(core.store);
        this.standings = new Standings(core);
    }

    Lookup lookup() {
        return lookup;
    }

    List<ContainerSummary> containers() {
        var state = core.store.now();
        return state.containers().values().stream()
                .flatMap(row -> summary(state, row).stream())
                .toList();
    }

    ContainerSummary container(ContainerRow row) {
        return summary(core.store.now(), row)
                .orElseThrow(
                        () -> new dev.kelpie.engine.fault.ContainerNotFoundException(row.id()));
    }

    private Optional<ContainerSummary> summary(State state, ContainerRow row) {
        return state.pod(row.pod()).map(pod -> summary(state, pod, row));
    }

    private ContainerSummary summary(State state, PodRow pod, ContainerRow row) {
        return new ContainerSummary(
                row.id(),
                pod.solo() ? Optional.empty() : Optional.of(new PodReference(pod.id(), pod.name())),
                row.kind(),
                row.spec(),
                row.image().reference(),
                row.image().process().arguments(),
                state(row),
                new ContainerConnections(
                        Networks.ports(state, pod),
                        row.image().exposedPorts(),
                        core.networks.facts(state, pod.id()),
                        core.mounts.facts(pod, row)));
    }

    ContainerState state(ContainerRow row) {
        var life = row.life();
        return switch (core.observer.observe(row.id())) {
            case Observation.Absent _ ->
                    resting(
                            row,
                            life.lastEnd().isPresent()
                                    ? ContainerStatus.EXITED
                                    : ContainerStatus.CREATED,
                            life.lastStart(),
                            life.lastEnd());
            case Observation.Ended(RunFacts facts, ContainerEnd end) ->
                    resting(row, ContainerStatus.EXITED, facts.started(), Optional.of(end));
            case Observation.Made(RunFacts facts) ->
                    living(row, facts, ContainerStatus.INITIALIZED);
            case Observation.Running(RunFacts facts) ->
                    living(
                            row,
                            facts,
                            life.stoppedByUser() ? ContainerStatus.STOPPING : unlessPaused(row));
            case Observation.Orphaned(RunFacts facts) ->
                    living(row, facts, ContainerStatus.STOPPING);
        };
    }

    private ContainerStatus unlessPaused(ContainerRow row) {
        return core.parts.kernel().isFrozen(core.cgroups.container(row))
                ? ContainerStatus.PAUSED
                : ContainerStatus.RUNNING;
    }

    private ContainerState resting(
            ContainerRow row,
            ContainerStatus status,
            Optional<java.time.Instant> started,
            Optional<ContainerEnd> end) {
        return new ContainerState(
                row.phase() == Phase.REMOVING ? ContainerStatus.REMOVING : status,
                row.life().created(),
                started,
                end,
                OptionalInt.empty(),
                OptionalInt.empty(),
                row.life().restarts(),
                standings.resting(row));
    }

    private ContainerState living(ContainerRow row, RunFacts facts, ContainerStatus status) {
        return new ContainerState(
                row.phase() == Phase.REMOVING ? ContainerStatus.REMOVING : status,
                row.life().created(),
                facts.started(),
                Optional.empty(),
                OptionalInt.of(facts.init().pid()),
                facts.isPause() ? OptionalInt.empty() : OptionalInt.of(facts.keeper().pid()),
                row.life().restarts(),
                standings.living(row, status == ContainerStatus.RUNNING));
    }

    List<PodSummary> pods() {
        var state = core.store.now();
        return state.pods().values().stream()
                .filter(pod -> !pod.solo())
                .map(pod -> pod(state, pod))
                .toList();
    }

    PodSummary pod(PodRow pod) {
        return pod(core.store.now(), pod);
    }

    private PodSummary pod(State state, PodRow pod) {
        var members =
                state.members(pod.id()).stream()
                        .map(row -> new PodMember(row.id(), row.name(), row.kind(), state(row)))
                        .toList();
        return new PodSummary(
                pod.id(),
                pod.spec(),
                PodStates.of(pod, members),
                pod.created(),
                members.stream()
                        .filter(member -> member.kind() == ContainerKind.INFRA)
                        .map(PodMember::id)
                        .findFirst(),
                members,
                core.networks.facts(state, pod.id()),
                core.cgroups.pod(pod.id()));
    }

    ContainerInspection inspect(ContainerRow row) {
        var pod =
                core.store
                        .now()
                        .pod(row.pod())
                        .orElseThrow(() ->
                                new dev.kelpie.engine.fault.ContainerNotFoundException(row.id()));
        var conmon = core.files.conmon(row.id());
        return new ContainerInspection(
                container(row),
                pod.spec(),
                row.image().process(),
                new ContainerFiles(
                        core.files.container(row.id()),
                        conmon.bundle(),
                        conmon.log(),
                        core.files.resolvConf(pod.id()),
                        core.files.hosts(pod.id()),
                        core.files.hostname(pod.id()),
                        conmon.pidFile(),
                        conmon.conmonPidFile()),
                row.image().layers().stream().map(Path::of).toList(),
                core.parts.runtime().name(),
                core.cgroups.container(row),
                Sandboxes.hostname(pod));
    }
}
