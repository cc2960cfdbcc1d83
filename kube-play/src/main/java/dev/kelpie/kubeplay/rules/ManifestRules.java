package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.report.Findings;
import dev.kelpie.kubeplay.yaml.Mapping;

/// Checks one object against the rules of its kind.
public final class ManifestRules {

    private final MetadataRules metadata;
    private final PodRules pods;
    private final DeploymentRules deployments;
    private final KeyRules keys;

    public ManifestRules(Findings findings) {
        var complaints = new Complaints(findings);
        var names = new NameRules(complaints);
        metadata = new MetadataRules(complaints, names);
        pods = new PodRules(complaints, names);
        keys = new KeyRules(complaints);
        deployments = new DeploymentRules(complaints, metadata, pods);
    }

    public void checkPod(Mapping pod) {
        metadata.ofObject(pod);
        pods.check(pod);
    }

    public void checkDeployment(Mapping deployment) {
        metadata.ofObject(deployment);
        deployments.check(deployment);
    }

    public void checkConfigMap(Mapping configMap) {
        metadata.ofObject(configMap);
        keys.configMap(configMap);
    }

    public void checkSecret(Mapping secret) {
        metadata.ofObject(secret);
        keys.secret(secret);
    }

    /// Whether a text may be the key of an annotation (`--annotation`).
    public static boolean isAnnotationKey(String key) {
        return NameRules.isQualifiedKey(key.toLowerCase(java.util.Locale.ROOT));
    }
}
