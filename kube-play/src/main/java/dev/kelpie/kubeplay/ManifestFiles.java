package dev.kelpie.kubeplay;

import dev.kelpie.kubeplay.report.Findings;
import dev.kelpie.kubeplay.report.Note;
import dev.kelpie.kubeplay.report.Problem;
import dev.kelpie.kubeplay.report.Shown;
import dev.kelpie.kubeplay.report.Verdict;
import dev.kelpie.kubeplay.schema.Spelling;
import dev.kelpie.kubeplay.support.KindRule;
import dev.kelpie.kubeplay.support.SupportTable;
import dev.kelpie.kubeplay.yaml.Mapping;
import dev.kelpie.kubeplay.yaml.Node;
import dev.kelpie.kubeplay.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Finds the objects in the files, takes lists apart, and sorts out by kind.
final class ManifestFiles {

    private static final Set<String> LISTS =
            Set.of(
                    "List",
                    "PodList",
                    "DeploymentList",
                    "ReplicaSetList",
                    "ReplicationControllerList",
                    "StatefulSetList",
                    "DaemonSetList",
                    "JobList",
                    "CronJobList",
                    "ConfigMapList",
                    "SecretList",
                    "ServiceList",
                    "PersistentVolumeList",
                    "PersistentVolumeClaimList");

    private final SupportTable table;
    private final Findings findings;
    private final List<Manifest> manifests = new ArrayList<>();

    ManifestFiles(SupportTable table, Findings findings) {
        this.table = table;
        this.findings = findings;
    }

    /// The objects of kinds that are played, in file order. Others are noted.
    List<Manifest> read(List<Source> sources) {
        for (var source : sources) {
            new YamlReader(source.name(), findings).read(source.text()).forEach(this::document);
        }
        return List.copyOf(manifests);
    }

    private void document(Node document) {
        if (!(document instanceof Mapping object)) {
            findings.problem(
                    document.place(),
                    document.path().toString(),
                    "must be a Kubernetes object with apiVersion and kind");
            return;
        }
        var kind = object.word("kind").orElse("");
        if (kind.isEmpty()) {
            var hint = object.has("services") ? "this looks like a compose file" : "";
            findings.problem(
                    object.placeOf("kind"),
                    object.path().field("kind").toString(),
                    "required, but missing",
                    hint);
        } else if (LISTS.contains(kind)) {
            object.items("items").forEach(this::document);
        } else {
            ofKind(kind, object);
        }
    }

    private void ofKind(String kind, Mapping object) {
        var rule = table.kind(kind);
        if (rule.isPresent() && rule.get().verdict() == Verdict.HONOURED) {
            manifests.add(new Manifest(kind, object));
        } else if (rule.isPresent()) {
            note(object, rule.get().verdict(), rule.get().remark());
        } else {
            unknown(kind, object);
        }
    }

    private void unknown(String kind, Mapping object) {
        var meant = Spelling.nearest(kind, table.names(), 2);
        if (meant.isEmpty()) {
            note(object, Verdict.NOT_SUPPORTED, "");
            return;
        }
        findings.unknownField(
                new Problem(
                        object.placeOf("kind"),
                        object.path().field("kind").toString(),
                        "unknown kind '" + Shown.of(kind) + "'",
                        "did you mean '" + meant.get() + "'?"));
    }

    private void note(Mapping object, Verdict verdict, String reason) {
        var kind = object.text("kind").orElse("");
        var name = object.mapping("metadata").text("name").orElse("");
        findings.note(
                new Note(
                        object.placeOf("kind"),
                        Shown.of((kind + " " + name).strip()),
                        object.path().field("kind").toString(),
                        Shown.of(kind),
                        verdict,
                        reason));
    }

    /// Notes an object of another API version than the one that is read; without effect on a right
    /// one.
    static void checkApiVersion(Manifest manifest, KindRule rule, Findings findings) {
        var object = manifest.document();
        var version = object.text("apiVersion").orElse("");
        var path = object.path().field("apiVersion").toString();
        var meant = "write 'apiVersion: " + rule.apiVersion() + "'";
        if (version.isEmpty()) {
            findings.unknownField(
                    new Problem(
                            object.placeOf("apiVersion"), path, "required, but missing", meant));
        } else if (!version.equals(rule.apiVersion())) {
            findings.unknownField(
                    new Problem(
                            object.placeOf("apiVersion"),
                            path,
                            "there is no "
                                    + manifest.kind()
                                    + " in version '"
                                    + Shown.of(version)
                                    + "'",
                            meant));
        }
    }
}
