package dev.kelpie.engine;

import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.ContainerStatus;
import dev.kelpie.engine.report.PodCondition;
import dev.kelpie.engine.report.PodFailure;
import dev.kelpie.engine.report.PodMember;
import dev.kelpie.engine.report.PodPhase;
import dev.kelpie.engine.report.PodState;
import dev.kelpie.engine.report.PodStatus;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What a pod is doing, derived from its containers: in Podman's words, and in Kubernetes' by the
/// kubelet's rules (pod-lifecycle, "Pod phase" and "Pod conditions").
final class PodStates {

    private static final String SCHEDULING_GATED = "SchedulingGated";

    private PodStates() {}

    static PodState of(PodRow pod, List<PodMember> members) {
        var failure = pod.failure();
        return new PodState(
                status(pod, members),
                phase(pod, members),
                failure.map(PodFailure::reason)
                        .orElse(pod.spec().policy().gated() ? SCHEDULING_GATED : ""),
                failure.map(PodFailure::message).orElse(""),
                conditions(pod, members));
    }

    private static PodPhase phase(PodRow pod, List<PodMember> members) {
        if (pod.failure().isPresent()) {
            return PodPhase.FAILED;
        }
        var sidecars = sidecars(pod);
        for (var init : of(members, ContainerKind.INIT)) {
            if (!sidecars.contains(init.name()) && failedForGood(init)) {
                return PodPhase.FAILED;
            }
        }
        var apps = of(members, ContainerKind.APP);
        var begun = apps.stream().filter(app -> app.state().started().isPresent()).toList();
        var waits = begun.size() < apps.size() && apps.stream().noneMatch(PodStates::done);
        if (apps.isEmpty() || waits) {
            return PodPhase.PENDING;
        }
        if (!apps.stream().allMatch(PodStates::done)) {
            return PodPhase.RUNNING;
        }
        var allWell = apps.stream().allMatch(app -> app.state().exitCode() == 0);
        return allWell ? PodPhase.SUCCEEDED : PodPhase.FAILED;
    }

    private static boolean failedForGood(PodMember init) {
        return done(init) && init.state().exitCode() != 0;
    }

    /// It has ended and nothing brings it back.
    private static boolean done(PodMember member) {
        return member.status() == ContainerStatus.EXITED
                && member.state().standing().waiting().isEmpty();
    }

    private static List<PodCondition> conditions(PodRow pod, List<PodMember> members) {
        var conditions = new ArrayList<PodCondition>();
        conditions.add(scheduled(pod));
        if (pod.spec().policy().gated()) {
            return conditions;
        }
        var initialized = initialized(pod, members);
        conditions.add(initialized);
        var phase = phase(pod, members);
        var containers = containersReady(phase, pod, members);
        conditions.add(containers);
        for (var gate : pod.spec().policy().readinessGates()) {
            conditions.add(new PodCondition(gate, false, "ReadinessGateNotSet", ""));
        }
        conditions.add(ready(pod, containers));
        return conditions;
    }

    private static PodCondition scheduled(PodRow pod) {
        var gates = pod.spec().policy().schedulingGates();
        return gates.isEmpty()
                ? new PodCondition("PodScheduled", true, "", "")
                : new PodCondition(
                        "PodScheduled",
                        false,
                        SCHEDULING_GATED,
                        "Scheduling is blocked due to non-empty scheduling gates");
    }

    private static PodCondition initialized(PodRow pod, List<PodMember> members) {
        var sidecars = sidecars(pod);
        var begun =
                of(members, ContainerKind.APP).stream()
                        .anyMatch(app -> app.state().started().isPresent());
        var lacking =
                of(members, ContainerKind.INIT).stream()
                        .filter(init ->
                                sidecars.contains(init.name())
                                        ? !init.state().standing().started() && !begun
                                        : !(done(init) && init.state().exitCode() == 0))
                        .map(PodMember::name)
                        .toList();
        return lacking.isEmpty()
                ? new PodCondition("Initialized", true, "", "")
                : new PodCondition(
                        "Initialized",
                        false,
                        "ContainersNotInitialized",
                        "containers with incomplete status: " + lacking);
    }

    private static PodCondition containersReady(
            PodPhase phase, PodRow pod, List<PodMember> members) {
        if (phase == PodPhase.SUCCEEDED) {
            return new PodCondition("ContainersReady", false, "PodCompleted", "");
        }
        if (phase == PodPhase.FAILED) {
            return new PodCondition("ContainersReady", false, "PodFailed", "");
        }
        var sidecars = sidecars(pod);
        var lacking =
                members.stream()
                        .filter(member ->
                                member.kind() == ContainerKind.APP
                                        || sidecars.contains(member.name()))
                        .filter(member -> !member.state().standing().ready())
                        .map(PodMember::name)
                        .toList();
        return lacking.isEmpty()
                ? new PodCondition("ContainersReady", true, "", "")
                : new PodCondition(
                        "ContainersReady",
                        false,
                        "ContainersNotReady",
                        "containers with unready status: " + lacking);
    }

    private static PodCondition ready(PodRow pod, PodCondition containers) {
        var gates = pod.spec().policy().readinessGates();
        if (!containers.holds() || gates.isEmpty()) {
            return new PodCondition(
                    "Ready", containers.holds(), containers.reason(), containers.message());
        }
        return new PodCondition(
                "Ready",
                false,
                "ReadinessGatesNotReady",
                "the status of pod readiness gate \"" + gates.getFirst() + "\" is not \"True\"");
    }

    private static Set<String> sidecars(PodRow pod) {
        return pod.spec().initContainers().stream()
                .filter(init -> init.policy().restartPolicy() == RestartPolicy.ALWAYS)
                .map(ContainerSpec::name)
                .collect(Collectors.toSet());
    }

    private static List<PodMember> of(List<PodMember> members, ContainerKind kind) {
        return members.stream().filter(member -> member.kind() == kind).toList();
    }

    private static PodStatus status(PodRow pod, List<PodMember> members) {
        if (pod.phase() == Phase.REMOVING) {
            return PodStatus.ERROR;
        }
        var counted =
                members.stream()
                        .filter(member ->
                                member.kind() != ContainerKind.INIT
                                        && member.kind() != ContainerKind.EPHEMERAL)
                        .toList();
        var running = count(counted, ContainerStatus.RUNNING, ContainerStatus.STOPPING);
        var exited = count(counted, ContainerStatus.EXITED, ContainerStatus.REMOVING);
        if (running == counted.size() && running > 0) {
            return PodStatus.RUNNING;
        }
        var paused = count(counted, ContainerStatus.PAUSED);
        // what holds the namespaces cannot be paused
        if (paused > 0 && paused == ofOwn(counted)) {
            return PodStatus.PAUSED;
        }
        if (running + paused > 0) {
            return PodStatus.DEGRADED;
        }
        if (exited == counted.size() && exited > 0) {
            return PodStatus.EXITED;
        }
        return exited > 0 ? PodStatus.STOPPED : PodStatus.CREATED;
    }

    private static long ofOwn(List<PodMember> members) {
        return members.stream().filter(member -> member.kind() != ContainerKind.INFRA).count();
    }

    private static long count(List<PodMember> members, ContainerStatus... statuses) {
        var wanted = List.of(statuses);
        return members.stream().filter(member -> wanted.contains(member.status())).count();
    }
}
