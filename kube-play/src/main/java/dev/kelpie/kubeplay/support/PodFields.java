package dev.kelpie.kubeplay.support;

import static dev.kelpie.kubeplay.support.FieldRule.honoured;
import static dev.kelpie.kubeplay.support.FieldRule.later;
import static dev.kelpie.kubeplay.support.FieldRule.noEffect;
import static dev.kelpie.kubeplay.support.FieldRule.part;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The fields of a pod.
final class PodFields {

    private static final String ONE_NODE = "there is one node";
    private static final String WRITTEN_BY_CLUSTER = "a cluster writes it";
    private static final String CRITICAL =
            "`system-node-critical` goes last when memory is out; nothing is preempted";
    private static final String ACCOUNT = "told to who asks by `fieldRef`; there is no API server";

    private static final String OTHER_VOLUMES =
            """
            awsElasticBlockStore azureDisk azureFile cephfs cinder csi fc flexVolume flocker
            gcePersistentDisk gitRepo glusterfs iscsi photonPersistentDisk portworxVolume quobyte
            rbd scaleIO storageos vsphereVolume\
            """;

    private PodFields() {}

    static List<FieldRule> pod() {
        return List.of(
                honoured("apiVersion"),
                honoured("kind"),
                part("metadata", metadata()),
                part("spec", spec()),
                noEffect("status", WRITTEN_BY_CLUSTER));
    }

    static List<FieldRule> metadata() {
        return List.of(
                honoured("name"),
                honoured("namespace", "a scope for names"),
                honoured("labels"),
                part("annotations", annotations()),
                later("generateName", "a name is needed"),
                noEffect("creationTimestamp", WRITTEN_BY_CLUSTER),
                noEffect("deletionGracePeriodSeconds", WRITTEN_BY_CLUSTER),
                noEffect("deletionTimestamp", WRITTEN_BY_CLUSTER),
                noEffect("finalizers", "no controller would clear them"),
                noEffect("generation", WRITTEN_BY_CLUSTER),
                noEffect("managedFields", WRITTEN_BY_CLUSTER),
                noEffect("ownerReferences", "no controller follows them"),
                noEffect("resourceVersion", WRITTEN_BY_CLUSTER),
                noEffect("selfLink", WRITTEN_BY_CLUSTER),
                noEffect("uid", WRITTEN_BY_CLUSTER));
    }

    static FieldRule annotations() {
        return honoured(FieldRule.ANY, "kept; those of Podman that have an effect: `docs/guide.md`")
                .judged(AnnotationJudge::annotation);
    }

    static List<FieldRule> spec() {
        var rules = new ArrayList<FieldRule>();
        rules.add(part("containers", ContainerFields.containers()));
        rules.add(part("initContainers", ContainerFields.initContainers()));
        rules.add(part("volumes", volumes()));
        rules.addAll(lifetime());
        rules.addAll(names());
        rules.addAll(scheduling());
        rules.addAll(identity());
        return rules;
    }

    private static List<FieldRule> lifetime() {
        return List.of(
                honoured("restartPolicy"),
                honoured("terminationGracePeriodSeconds", "30 without it"),
                honoured("activeDeadlineSeconds"),
                part("ephemeralContainers", ContainerFields.ephemeralContainers())
                        .judged(Judges::ephemeral),
                part(
                        "readinessGates",
                        honoured(
                                "conditionType",
                                "shown; nobody sets it, so that the pod never gets `Ready`")),
                part(
                        "resources",
                        part("limits", ofPod()),
                        part("requests", ofPod()),
                        later("claims")),
                later("resourceClaims"),
                honoured("runtimeClassName", "an OCI runtime of this machine: `crun`, `runc`"),
                part("os", honoured("name", "`linux`").judged(Judges::os)));
    }

    private static List<FieldRule> names() {
        return List.of(
                honoured("hostNetwork"),
                honoured("hostPID"),
                honoured("hostIPC"),
                honoured("hostUsers", "`false`: ids of its own, files shown to them by mounts"),
                honoured("shareProcessNamespace"),
                honoured("hostname", "the pod's name without it"),
                honoured("hostnameOverride"),
                honoured("subdomain", "the full name is in /etc/hosts"),
                honoured("setHostnameAsFQDN"),
                part("hostAliases", honoured("ip"), honoured("hostnames")),
                honoured(
                        "dnsPolicy",
                        "`ClusterFirst` asks the DNS of the pod's network, which knows its pods"),
                part(
                        "dnsConfig",
                        honoured("nameservers"),
                        honoured("searches"),
                        part("options", honoured("name"), honoured("value"))),
                honoured(
                        "enableServiceLinks",
                        "of the pod's namespace, as they are when a container starts"));
    }

    private static List<FieldRule> scheduling() {
        return List.of(
                affinity(),
                noEffect("nodeName", ONE_NODE),
                part(
                        "nodeSelector",
                        honoured(
                                        FieldRule.ANY,
                                        "refused when this machine's system or processor is"
                                                + " another; other labels have no effect")
                                .judged(Judges::nodeLabel)),
                noEffect("schedulerName", ONE_NODE),
                part(
                        "tolerations",
                        honoured("effect", "this machine has no taints"),
                        honoured("key"),
                        honoured("operator"),
                        honoured("tolerationSeconds"),
                        honoured("value")),
                part("topologySpreadConstraints", spread()),
                noEffect("preemptionPolicy", "nothing is preempted on one node"),
                honoured("priority", CRITICAL),
                honoured("priorityClassName", CRITICAL),
                part("overhead", overhead()),
                part(
                        "schedulingGates",
                        honoured(
                                "name",
                                "the pod is made, and started once a play brings it without")));
    }

    /// One machine is one domain of every topology, and no domain has more pods than it.
    private static List<FieldRule> spread() {
        return List.of(
                honoured("topologyKey", "one machine is one domain: no skew"),
                honoured("maxSkew"),
                honoured("whenUnsatisfiable"),
                honoured("minDomains", "refused where a second domain were needed")
                        .judged(Judges::minDomains),
                noEffect("labelSelector", ONE_NODE),
                noEffect("matchLabelKeys", ONE_NODE),
                noEffect("nodeAffinityPolicy", ONE_NODE),
                noEffect("nodeTaintsPolicy", ONE_NODE));
    }

    private static FieldRule affinity() {
        return part(
                "affinity",
                part(
                        "nodeAffinity",
                        part(
                                        "requiredDuringSchedulingIgnoredDuringExecution",
                                        part("nodeSelectorTerms", terms()))
                                .judged(Judges::nodeAffinity),
                        noEffect("preferredDuringSchedulingIgnoredDuringExecution", ONE_NODE)),
                noEffect("podAffinity", ONE_NODE),
                noEffect("podAntiAffinity", ONE_NODE));
    }

    private static List<FieldRule> terms() {
        var refused = "refused when this machine's system or processor is another";
        return List.of(
                part(
                        "matchExpressions",
                        honoured("key", refused + "; other labels have no effect"),
                        honoured("operator"),
                        honoured("values")),
                noEffect("matchFields", ONE_NODE));
    }

    private static List<FieldRule> ofPod() {
        return List.of(
                honoured("cpu", "of all containers together"),
                honoured("memory", "of all containers together"),
                later(FieldRule.ANY));
    }

    private static List<FieldRule> overhead() {
        return List.of(
                honoured("cpu", "added to the pod's own `resources`"),
                honoured("memory", "added to the pod's own `resources`"),
                noEffect(FieldRule.ANY, ONE_NODE));
    }

    private static List<FieldRule> identity() {
        return List.of(
                honoured("serviceAccountName", ACCOUNT),
                honoured("serviceAccount", ACCOUNT),
                honoured("automountServiceAccountToken", "there is no token to mount")
                        .judged(Judges::token),
                part("imagePullSecrets", honoured("name", "of the same play or of the engine")),
                part("securityContext", securityContext()));
    }

    private static List<FieldRule> securityContext() {
        var rules = new ArrayList<FieldRule>();
        rules.add(honoured("runAsUser"));
        rules.add(honoured("runAsGroup"));
        rules.add(honoured("runAsNonRoot", "checked against the image's user too"));
        rules.add(honoured("fsGroup", "on every kind of volume but `hostPath`"));
        rules.add(honoured("fsGroupChangePolicy", "for volumes that outlive the pod"));
        rules.add(noEffect("seLinuxChangePolicy", "volumes are not relabelled"));
        rules.add(honoured("supplementalGroups"));
        rules.add(honoured("supplementalGroupsPolicy"));
        rules.add(part("sysctls", honoured("name", "those of namespaces"), honoured("value")));
        rules.addAll(ContainerFields.PROFILES);
        return rules;
    }

    private static List<FieldRule> volumes() {
        var rules = new ArrayList<FieldRule>();
        rules.add(honoured("name"));
        rules.add(part("hostPath", honoured("path"), honoured("type")));
        rules.add(
                part(
                        "emptyDir",
                        honoured("medium", "the default and `Memory`").judged(Judges::medium),
                        honoured("sizeLimit", "enforced for medium `Memory`")
                                .judged(Judges::sizeLimit)));
        rules.add(KeyFields.configMapVolume());
        rules.add(KeyFields.secretVolume());
        rules.add(KeyFields.downwardVolume());
        rules.add(KeyFields.projectedVolume());
        rules.add(
                part(
                        "persistentVolumeClaim",
                        honoured("claimName", "a volume of the engine, made when it is not there"),
                        honoured("readOnly")));
        rules.add(
                part(
                        "ephemeral",
                        part(
                                "volumeClaimTemplate",
                                noEffect("metadata", "the claim is known by the pod alone"),
                                part("spec", ClaimFields.ofEphemeral()))));
        rules.add(part("image", honoured("reference"), honoured("pullPolicy")));
        rules.add(
                part(
                        "nfs",
                        honoured("server", "where the host has mount.nfs and the engine is root's"),
                        honoured("path"),
                        honoured("readOnly")));
        OTHER_VOLUMES
                .lines()
                .flatMap(line -> Stream.of(line.split(" ")))
                .map(FieldRule::later)
                .forEach(rules::add);
        return rules;
    }
}
