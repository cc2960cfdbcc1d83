package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.kubeplay.report.Findings;
import dev.kelpie.kubeplay.rules.ManifestRules;
import dev.kelpie.kubeplay.schema.ModelClasses;
import dev.kelpie.kubeplay.schema.SchemaCheck;
import dev.kelpie.kubeplay.support.FidelityWalk;
import dev.kelpie.kubeplay.support.SupportTable;
import java.util.ArrayList;
import java.util.List;

/// Reads Kubernetes manifests into pod specs. What it keeps are facts about the model, so one
/// reader serves all threads.
public final class KubeReader {

    private final ModelClasses models = new ModelClasses();
    private final SupportTable table = new SupportTable();

    /// Reads, checks and translates all documents of all files.
    ///
    /// @throws ManifestException carrying every problem of all files
    public Playable read(List<Source> sources, PlayOptions options) {
        var findings = new Findings();
        var manifests = new ManifestFiles(table, findings).read(sources);
        manifests.forEach(manifest -> check(manifest, findings));
        new Clashes(options, findings).check(manifests);
        var outcome = new Outcome(findings, options.validation());
        outcome.throwIfProblems();
        outcome.throwIfNothing(manifests);
        return new Playable(
                pods(manifests, options),
                outcome.notes(),
                manifests.stream().map(Manifest::workload).toList(),
                options.validation());
    }

    private void check(Manifest manifest, Findings findings) {
        var document = manifest.document();
        var kind = manifest.kind();
        var rules = new ManifestRules(findings);
        table.kind(kind)
                .ifPresent(rule -> {
                    ManifestFiles.checkApiVersion(manifest, rule, findings);
                    new FidelityWalk(manifest.title(), findings).walk(document, rule);
                });
        models.ofKind(kind)
                .ifPresent(type -> new SchemaCheck(models, findings).check(document, type));
        if (kind.equals(Manifest.DEPLOYMENT)) {
            rules.checkDeployment(document);
        } else {
            rules.checkPod(document);
        }
    }

    private static List<PodSpec> pods(List<Manifest> manifests, PlayOptions options) {
        var mapper = new PodMapper(options);
        var pods = new ArrayList<PodSpec>();
        for (var manifest : manifests) {
            for (var name : manifest.podNames()) {
                pods.add(mapper.pod(manifest, name));
            }
        }
        return pods;
    }

    /// The objects that pods come from, for `kube down`: looks at kinds, names and replicas only,
    /// so that what an edited manifest has wrong elsewhere is no obstacle.
    ///
    /// @throws ManifestException when the text is no YAML or names nothing
    public List<Workload> names(List<Source> sources) {
        var findings = new Findings();
        var manifests = new ManifestFiles(table, findings).read(sources);
        var outcome = new Outcome(findings, Validation.IGNORE);
        outcome.throwIfProblems();
        outcome.throwIfNothing(manifests);
        return manifests.stream()
                .filter(manifest -> !manifest.name().isEmpty())
                .map(Manifest::workload)
                .toList();
    }
}
