package dev.kelpie.kubeplay.rules;

import dev.kelpie.engine.spec.Sysctl;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Rules for the security context of a pod.
final class PodContextRules {

    private static final List<String> CHANGE_POLICIES = List.of("Always", "OnRootMismatch");
    private static final List<String> GROUP_POLICIES = List.of("Merge", "Strict");
    private static final List<String> LABEL_POLICIES = List.of("MountOption", "Recursive");

    private final Complaints complaints;
    private final ContextRules common;

    PodContextRules(Complaints complaints) {
        this.complaints = complaints;
        this.common = new ContextRules(complaints);
    }

    void check(Mapping podSpec) {
        var context = podSpec.mapping("securityContext");
        common.check(context);
        common.windows(podSpec, context);
        common.id(context, "fsGroup");
        common.ids(context, "supplementalGroups");
        complaints.oneOf(context, "fsGroupChangePolicy", CHANGE_POLICIES);
        complaints.oneOf(context, "supplementalGroupsPolicy", GROUP_POLICIES);
        complaints.oneOf(context, "seLinuxChangePolicy", LABEL_POLICIES);
        var seen = new HashSet<String>();
        for (var sysctl : context.mappings("sysctls")) {
            if (complaints.required(sysctl, "name")) {
                sysctl.word("name").ifPresent(name -> name(sysctl, name, podSpec, seen));
            }
            if (!sysctl.has("value")) {
                complaints.at(sysctl, "value", "required, but missing");
            }
        }
    }

    private void name(Mapping sysctl, String name, Mapping podSpec, Set<String> seen) {
        var known = Sysctl.of(name);
        if (!Sysctl.isName(name)) {
            complaints.at(
                    sysctl,
                    "name",
                    "must be a sysctl such as net.ipv4.ip_local_port_range, was "
                            + Complaints.quoted(name));
        } else if (known.isEmpty()) {
            complaints.at(
                    sysctl,
                    "name",
                    "forbidden sysctl: "
                            + Complaints.quoted(name)
                            + " is the whole host's, not a pod's (net.*, kernel.shm*, kernel.msg*,"
                            + " kernel.sem and fs.mqueue.* are)");
        } else if (!seen.add(known.get().name())) {
            complaints.at(sysctl, "name", "duplicate sysctl " + Complaints.quoted(name));
        } else if (podSpec.flag("hostIPC") && known.get().space() == Sysctl.Space.IPC) {
            complaints.at(sysctl, "name", "may not be specified when 'hostIPC' is true");
        }
    }
}
