package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import dev.kelpie.kubeplay.yaml.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Rules for the spec of a pod or of a pod template.
final class PodRules {

    private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");

    private final Complaints complaints;
    private final NameRules names;
    private final ContainerRules containers;
    private final VolumeRules volumes;
    private final ResolverRules resolver;
    private final PodContextRules context;
    private final MachineRules machine;

    PodRules(Complaints complaints, NameRules names) {
        this.complaints = complaints;
        this.names = names;
        this.containers = new ContainerRules(complaints, names);
        this.volumes = new VolumeRules(complaints, names);
        this.resolver = new ResolverRules(complaints, names);
        this.context = new PodContextRules(complaints);
        this.machine = new MachineRules(complaints, names);
    }

    /// Checks the pod spec of an object.
    void check(Mapping owner) {
        check(owner, Set.of());
    }

    /// @param given volumes that the pod has besides those it declares
    void check(Mapping owner, Set<String> given) {
        if (!owner.has("spec")) {
            complaints.at(owner, "spec", "required, but missing");
            return;
        }
        var spec = owner.mapping("spec");
        if (spec.get("containers").map(Node::empty).orElse(true)) {
            complaints.at(spec, "containers", "required, but missing: a pod has containers");
        }
        var declared = new HashSet<>(volumes.declared(spec));
        declared.addAll(given);
        checkContainers(spec, declared);
        complaints.oneOf(spec, "restartPolicy", RESTART_POLICIES);
        complaints.notNegative(spec, "terminationGracePeriodSeconds");
        complaints.between(spec, "activeDeadlineSeconds", 1, Integer.MAX_VALUE);
        for (var gate : spec.mappings("readinessGates")) {
            if (complaints.required(gate, "conditionType")) {
                names.qualified(gate, "conditionType");
            }
        }
        names.label(spec, "hostname");
        checkSharing(spec);
        resolver.check(spec);
        context.check(spec);
        machine.check(spec);
    }

    private void checkContainers(Mapping spec, Set<String> declared) {
        var seen = new HashMap<String, Mapping>();
        for (var list : List.of("initContainers", "containers")) {
            for (var container : spec.mappings(list)) {
                containers.check(container, spec, declared);
                distinctName(container, seen);
            }
        }
    }

    private void distinctName(Mapping container, Map<String, Mapping> seen) {
        var name = container.word("name");
        if (name.isEmpty()) {
            return;
        }
        var first = seen.putIfAbsent(name.get(), container);
        if (first != null) {
            complaints.at(
                    container,
                    "name",
                    "duplicate container name '"
                            + name.get()
                            + "', first on line "
                            + first.placeOf("name").line());
        }
    }

    private void checkSharing(Mapping spec) {
        if (spec.flag("shareProcessNamespace") && spec.flag("hostPID")) {
            complaints.at(spec, "shareProcessNamespace", "must not be true together with hostPID");
        }
        if (spec.has("hostUsers") && !spec.flag("hostUsers")) {
            for (var field : List.of("hostNetwork", "hostPID", "hostIPC")) {
                if (spec.flag(field)) {
                    complaints.at(spec, field, "must not be true when hostUsers is false");
                }
            }
        }
    }

    /// Names that occur twice in a list.
    static void distinct(Complaints complaints, List<Mapping> items, String key, String what) {
        var seen = new HashSet<String>();
        for (var item : items) {
            var name = item.word(key);
            if (name.isPresent() && !seen.add(name.get())) {
                complaints.at(item, key, "duplicate " + what + " '" + name.get() + "'");
            }
        }
    }

    /// Whose user a container runs as: its own, or the pod's.
    record Users(Mapping podContext) {
        boolean mayBeRoot(Mapping own) {
            var user =
                    own.has("runAsUser") ? own.number("runAsUser") : podContext.number("runAsUser");
            return user.isPresent() && user.getAsLong() == 0;
        }

        boolean mustNotBeRoot(Mapping own) {
            return own.has("runAsNonRoot")
                    ? own.flag("runAsNonRoot")
                    : podContext.flag("runAsNonRoot");
        }

        Node culprit(Mapping own) {
            return own.get("runAsUser").or(() -> podContext.get("runAsUser")).orElse(own);
        }
    }
}
