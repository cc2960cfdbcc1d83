package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Rules for one container.
final class ContainerRules {

    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");

    private final Complaints complaints;
    private final NameRules names;
    private final PortRules ports;
    private final MountRules mounts;
    private final ResourceRules resources;
    private final SecurityRules security;
    private final ProjectionRules projections;
    private final ProbeRules probes;

    ContainerRules(Complaints complaints, NameRules names) {
        this.complaints = complaints;
        this.names = names;
        this.ports = new PortRules(complaints, names);
        this.mounts = new MountRules(complaints);
        this.resources = new ResourceRules(complaints);
        this.projections = new ProjectionRules(complaints);
        this.probes = new ProbeRules(complaints);
        this.security = new SecurityRules(complaints);
    }

    void check(Mapping container, Mapping podSpec, Set<String> volumes) {
        names.requiredLabel(container, "name");
        if (complaints.required(container, "image")) {
            container.word("image").ifPresent(image -> image(container, image));
        }
        complaints.oneOf(container, "imagePullPolicy", PULL_POLICIES);
        checkEnvironment(container);
        projections.environment(container, podSpec);
        ports.check(container, podSpec.flag("hostNetwork"));
        resources.check(container.mapping("resources"));
        for (var policy : container.mappings("resizePolicy")) {
            complaints.required(policy, "resourceName");
            complaints.required(policy, "restartPolicy");
            complaints.oneOf(policy, "resourceName", List.of("cpu", "memory"));
            complaints.oneOf(policy, "restartPolicy", List.of("NotRequired", "RestartContainer"));
        }
        mounts.check(container, volumes);
        security.check(container, podSpec);
        workingDir(container);
        stopSignal(container.mapping("lifecycle"));
        probes.check(container, podSpec, podSpec.mappings("initContainers").contains(container));
        var own = container.mapping("securityContext");
        checkRoot(own, new PodRules.Users(podSpec.mapping("securityContext")));
    }

    private void image(Mapping container, String image) {
        ImageName.fault(image)
                .ifPresent(fault ->
                        complaints.at(
                                container, "image", fault + ", was " + Complaints.quoted(image)));
    }

    private void checkEnvironment(Mapping container) {
        for (var variable : container.mappings("env")) {
            if (complaints.required(variable, "name")) {
                variable.word("name")
                        .flatMap(ContainerRules::fault)
                        .ifPresent(fault -> complaints.at(variable, "name", fault));
            }
            if (variable.has("value") && variable.has("valueFrom")) {
                complaints.at(variable, "valueFrom", "must not be written together with value");
            }
        }
    }

    /// Since Kubernetes 1.34 any printable ASCII but `=`.
    static Optional<String> fault(String variable) {
        return variable.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '=')
                ? Optional.empty()
                : Optional.of(
                        "a variable must be printable ASCII without '=', was "
                                + Complaints.quoted(variable));
    }

    private void workingDir(Mapping container) {
        var path = container.word("workingDir");
        if (path.isPresent() && !path.get().startsWith("/")) {
            complaints.at(
                    container,
                    "workingDir",
                    "must be an absolute path, was " + Complaints.quoted(path.get()));
        }
    }

    private void stopSignal(Mapping lifecycle) {
        var signal = lifecycle.word("stopSignal");
        if (signal.isPresent() && !Signals.known(signal.get())) {
            complaints.at(
                    lifecycle,
                    "stopSignal",
                    "must be a signal such as SIGTERM, was " + Complaints.quoted(signal.get()),
                    Complaints.didYouMean(signal.get(), Signals.NAMES));
        }
    }

    private void checkRoot(Mapping context, PodRules.Users users) {
        if (users.mustNotBeRoot(context) && users.mayBeRoot(context)) {
            complaints.at(
                    users.culprit(context), "must not be 0 (root) together with runAsNonRoot");
        }
    }
}
