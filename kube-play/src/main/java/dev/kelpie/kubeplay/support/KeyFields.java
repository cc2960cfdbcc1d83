package dev.kelpie.kubeplay.support;

import static dev.kelpie.kubeplay.support.FieldRule.honoured;
import static dev.kelpie.kubeplay.support.FieldRule.noEffect;
import static dev.kelpie.kubeplay.support.FieldRule.part;

import java.util.List;

/// The fields of objects that are keys with content, and of what takes from them.
final class KeyFields {

    private static final String MODE = "0644 without it";

    private KeyFields() {}

    static List<FieldRule> configMap() {
        return List.of(
                honoured("apiVersion"),
                honoured("kind"),
                part("metadata", PodFields.metadata()),
                honoured("data", "lives as long as the play: pods get a copy"),
                honoured("binaryData", "for files, not for variables"),
                noEffect("immutable", "a play never changes one"));
    }

    static List<FieldRule> secret() {
        return List.of(
                honoured("apiVersion"),
                honoured("kind"),
                part("metadata", PodFields.metadata()),
                honoured("data"),
                honoured("stringData", "goes over `data`"),
                honoured("type", "kept; each is treated as `Opaque`"),
                honoured("immutable", "another play may not change it"));
    }

    static FieldRule valueFrom() {
        return part(
                "valueFrom",
                part("configMapKeyRef", keyRef("of the same play")),
                part("secretKeyRef", keyRef("of the same play or of the engine")),
                fieldRef(),
                part(
                        "fileKeyRef",
                        honoured("key"),
                        honoured("optional"),
                        honoured("path"),
                        honoured("volumeName", "an `emptyDir`")),
                resourceFieldRef());
    }

    private static FieldRule fieldRef() {
        return part(
                "fieldRef",
                noEffect("apiVersion", "there is one"),
                honoured("fieldPath", "`metadata.uid` is the pod's id"));
    }

    private static FieldRule resourceFieldRef() {
        return part(
                "resourceFieldRef",
                honoured("containerName"),
                honoured("divisor"),
                honoured("resource", "a limit that is not written is the machine's whole"));
    }

    private static FieldRule items() {
        return part("items", fieldRef(), honoured("mode"), honoured("path"), resourceFieldRef());
    }

    static FieldRule downwardVolume() {
        return part("downwardAPI", honoured("defaultMode", MODE), items());
    }

    static FieldRule projectedVolume() {
        return part(
                "projected",
                honoured("defaultMode", MODE),
                part(
                        "sources",
                        part("configMap", projection()),
                        part("secret", projection()),
                        part("downwardAPI", items()),
                        FieldRule.later("clusterTrustBundle", "there is no cluster to trust"),
                        FieldRule.later("podCertificate", "there is no API server to sign it"),
                        FieldRule.later(
                                "serviceAccountToken", "there is no API server to talk to")));
    }

    private static FieldRule[] projection() {
        return new FieldRule[] {
            honoured("name"),
            part("items", honoured("key"), honoured("path"), honoured("mode")),
            honoured("optional")
        };
    }

    private static List<FieldRule> keyRef(String where) {
        return List.of(honoured("name", where), honoured("key"), honoured("optional"));
    }

    static FieldRule envFrom() {
        return part(
                "envFrom",
                part("configMapRef", honoured("name"), honoured("optional")),
                part("secretRef", honoured("name"), honoured("optional")),
                honoured("prefix"));
    }

    static FieldRule configMapVolume() {
        return part(
                "configMap",
                files(honoured("name", "of the same play, later of any; always read-only")));
    }

    static FieldRule secretVolume() {
        return part("secret", files(honoured("secretName", "in memory, always read-only")));
    }

    private static List<FieldRule> files(FieldRule name) {
        return List.of(
                name,
                part("items", honoured("key"), honoured("path"), honoured("mode")),
                honoured("defaultMode", MODE),
                honoured("optional", "the volume is empty when it is missing"));
    }
}
