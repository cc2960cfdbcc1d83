package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.PodSpec;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.Sysctl;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// The security context of a pod: what Kubernetes has for the pod as a whole only.
final class PodContextMaker {
    private final PodSpec pod;
    private final String owner;
    private final Losses losses;
    private final PodSecurityContext made = new PodSecurityContext();

    PodContextMaker(PodSpec pod, Losses losses) {
        this.pod = pod;
        this.owner = "pod '" + pod.name() + "'";
        this.losses = losses;
    }

    /// Empty when all is as usual.
    Optional<PodSecurityContext> make() {
        var sysctls = new ArrayList<Sysctl>();
        pod.security().sysctls().forEach((name, value) -> sysctls.add(new Sysctl(name, value)));
        made.setSysctls(sysctls);
        pod.security()
                .fsGroup()
                .ifPresent(group -> {
                    made.setFsGroup(group.id());
                    if (group.onRootMismatch()) {
                        made.setFsGroupChangePolicy("OnRootMismatch");
                    }
                });
        made.setSupplementalGroups(groups());
        if (strict()) {
            made.setSupplementalGroupsPolicy("Strict");
        }
        return made.equals(new PodSecurityContext()) ? Optional.empty() : Optional.of(made);
    }

    /// Groups that every container has; those that only some have are lost.
    private List<Long> groups() {
        var containers = pod.allContainers();
        var all = new LinkedHashSet<String>();
        containers.forEach(each -> all.addAll(each.security().runAs().groups()));
        var groups = new ArrayList<Long>();
        for (var group : all) {
            if (pod.security().fsGroup().filter(own -> isThat(own.id(), group)).isPresent()) {
                continue;
            }
            if (!group.matches("\\d{1,10}") || Long.parseLong(group) > Integer.MAX_VALUE) {
                losses.note(owner, "group '" + group + "': only numbers can be given");
            } else if (containers.stream().allMatch(each -> has(each, group))) {
                groups.add(Long.valueOf(group));
            } else {
                losses.note(owner, "group '" + group + "': only some of the containers have it");
            }
        }
        return groups;
    }

    private static boolean isThat(long id, String group) {
        return Long.toString(id).equals(group);
    }

    private static boolean has(ContainerSpec container, String group) {
        return container.security().runAs().groups().contains(group);
    }

    /// Whether the image's /etc/group does not count. Where it counts for some containers only, it
    /// does not: too few groups are safer than too many.
    private boolean strict() {
        var containers = pod.allContainers();
        var strict = containers.stream().filter(PodContextMaker::isStrict).count();
        if (strict > 0 && strict < containers.size()) {
            losses.note(owner, "groups of the image's /etc/group count for no container");
        }
        return strict > 0;
    }

    private static boolean isStrict(ContainerSpec container) {
        return switch (container.security().runAs().memberships()) {
            case STRICT -> true;
            case MERGE -> false;
            case UNLESS_GROUP_GIVEN -> container.process().user().orElse("").contains(":");
        };
    }
}
