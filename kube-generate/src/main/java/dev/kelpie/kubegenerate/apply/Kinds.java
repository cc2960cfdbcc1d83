package dev.kelpie.kubegenerate.apply;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Under which paths a server has the kinds: the usual ones are known, others are asked for.
final class Kinds {
    private static final Map<String, String> USUAL =
            Map.ofEntries(
                    Map.entry("v1/Pod", "pods"),
                    Map.entry("v1/Service", "services"),
                    Map.entry("v1/ConfigMap", "configmaps"),
                    Map.entry("v1/Secret", "secrets"),
                    Map.entry("v1/PersistentVolumeClaim", "persistentvolumeclaims"),
                    Map.entry("v1/PersistentVolume", "persistentvolumes"),
                    Map.entry("v1/Namespace", "namespaces"),
                    Map.entry("v1/ServiceAccount", "serviceaccounts"),
                    Map.entry("apps/v1/Deployment", "deployments"),
                    Map.entry("apps/v1/StatefulSet", "statefulsets"),
                    Map.entry("apps/v1/DaemonSet", "daemonsets"),
                    Map.entry("batch/v1/Job", "jobs"),
                    Map.entry("batch/v1/CronJob", "cronjobs"));

    private static final Set<String> EVERYWHERE = Set.of("Namespace", "PersistentVolume");

    private final KubernetesClient client;
    private final Map<String, Map<String, APIResource>> asked = new HashMap<>();

    Kinds(KubernetesClient client) {
        this.client = client;
    }

    /// Empty for a kind that the server does not have.
    Optional<ResourceDefinitionContext> find(GenericKubernetesResource object) {
        var version = object.getApiVersion();
        var kind = object.getKind();
        var plural = USUAL.get(version + "/" + kind);
        if (plural != null) {
            return Optional.of(context(version, kind, plural, !EVERYWHERE.contains(kind)));
        }
        return Optional.ofNullable(asked.computeIfAbsent(version, this::ask).get(kind))
                .map(found -> context(version, kind, found.getName(), found.getNamespaced()));
    }

    private Map<String, APIResource> ask(String version) {
        var kinds = new HashMap<String, APIResource>();
        var answer = client.getApiResources(version);
        if (answer != null) {
            answer.getResources().stream()
                    .filter(each -> !each.getName().contains("/"))
                    .forEach(each -> kinds.put(each.getKind(), each));
        }
        return kinds;
    }

    private static ResourceDefinitionContext context(
            String version, String kind, String plural, boolean namespaced) {
        int slash = version.indexOf('/');
        return new ResourceDefinitionContext.Builder()
                .withGroup(slash < 0 ? "" : version.substring(0, slash))
                .withVersion(version.substring(slash + 1))
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(namespaced)
                .build();
    }
}
