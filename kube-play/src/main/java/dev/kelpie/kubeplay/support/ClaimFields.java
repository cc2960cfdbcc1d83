package dev.kelpie.kubeplay.support;

import static dev.kelpie.kubeplay.support.FieldRule.honoured;
import static dev.kelpie.kubeplay.support.FieldRule.later;
import static dev.kelpie.kubeplay.support.FieldRule.noEffect;
import static dev.kelpie.kubeplay.support.FieldRule.part;

import dev.kelpie.kubeplay.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The fields of claims for volumes and of volumes for claims.
final class ClaimFields {

    private static final String ANY_MODE = "on one machine each holds";

    private static final String OTHER_VOLUMES =
            """
            awsElasticBlockStore azureDisk azureFile cephfs cinder csi fc flexVolume flocker
            gcePersistentDisk glusterfs iscsi photonPersistentDisk portworxVolume quobyte rbd scaleIO
            storageos vsphereVolume\
            """;

    private ClaimFields() {}

    static List<FieldRule> claim() {
        return List.of(
                honoured("apiVersion"),
                honoured("kind"),
                part("metadata", metadata()),
                part("spec", spec()),
                noEffect("status", "a cluster writes it"));
    }

    private static List<FieldRule> metadata() {
        return PodFields.metadata().stream()
                .map(rule ->
                        rule.name().equals("annotations")
                                ? part(
                                        "annotations",
                                        honoured(
                                                        FieldRule.ANY,
                                                        "`volume.podman.io/` type, device,"
                                                                + " mount-options, uid, gid")
                                                .judged(Judges::claimAnnotation))
                                : rule)
                .toList();
    }

    private static List<FieldRule> spec() {
        return List.of(
                honoured("accessModes", "those of the PersistentVolume; " + ANY_MODE),
                part(
                        "resources",
                        honoured(
                                "requests",
                                "the least that a PersistentVolume must have; a directory is not"
                                        + " limited"),
                        noEffect("limits", "a directory is not limited")),
                part("selector", honoured("matchLabels"), later("matchExpressions")),
                honoured(
                        "storageClassName",
                        "that of a PersistentVolume among the manifests, else a directory of this"
                                + " machine"),
                noEffect("volumeAttributesClassName", "a directory has none"),
                honoured("volumeMode", "`Block` needs a PersistentVolume of that mode"),
                honoured("volumeName", "a PersistentVolume among the manifests"),
                later("dataSource"),
                later("dataSourceRef"));
    }

    /// Of a claim that is a directory of one pod.
    static List<FieldRule> ofEphemeral() {
        return spec().stream()
                .map(rule ->
                        rule.name().equals("volumeMode")
                                ? later("volumeMode").unless("Filesystem")
                                : rule)
                .map(rule ->
                        rule.verdict() == Verdict.HONOURED && !rule.name().equals("resources")
                                ? noEffect(
                                        rule.name(),
                                        "it is a directory that lives and dies with the pod")
                                : rule)
                .toList();
    }

    static List<FieldRule> volume() {
        return List.of(
                honoured("apiVersion"),
                honoured("kind"),
                part("metadata", PodFields.metadata()),
                part("spec", volumeSpec()),
                noEffect("status", "a cluster writes it"));
    }

    private static List<FieldRule> volumeSpec() {
        var rules = new ArrayList<FieldRule>();
        rules.add(honoured("accessModes", ANY_MODE));
        rules.add(honoured("capacity", "what it is chosen by; a directory is not limited"));
        rules.add(
                part(
                        "claimRef",
                        noEffect("apiVersion", "claims are of one version"),
                        noEffect("fieldPath", "a claim is meant"),
                        noEffect("kind", "a claim is meant"),
                        honoured("name", "the claim it is kept for"),
                        noEffect("namespace", "claims of all namespaces are volumes of one engine"),
                        noEffect("resourceVersion", "a cluster writes it"),
                        noEffect("uid", "a cluster writes it")));
        rules.add(part("hostPath", honoured("path"), honoured("type").judged(Judges::volumePath)));
        rules.add(part("local", honoured("path"), later("fsType").unless("")));
        rules.add(later("mountOptions"));
        rules.add(
                part(
                        "nfs",
                        honoured("server", "where the host can mount it, for each pod"),
                        honoured("path"),
                        honoured("readOnly")));
        rules.add(noEffect("nodeAffinity", "there is one node"));
        rules.add(
                noEffect(
                        "persistentVolumeReclaimPolicy",
                        "directories of the host are never deleted"));
        rules.add(honoured("storageClassName"));
        rules.add(noEffect("volumeAttributesClassName", "a directory has none"));
        rules.add(honoured("volumeMode", "`Block`: the path is a device of the host"));
        OTHER_VOLUMES
                .lines()
                .flatMap(line -> Stream.of(line.split(" ")))
                .map(FieldRule::later)
                .forEach(rules::add);
        return rules;
    }
}
