package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.CronSpec;
import dev.kelpie.engine.spec.PlaySpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.VolumeSpec;
import dev.kelpie.kubeplay.report.Findings;
import dev.kelpie.kubeplay.rules.ManifestRules;
import dev.kelpie.kubeplay.schema.ModelClasses;
import dev.kelpie.kubeplay.schema.SchemaCheck;
import dev.kelpie.kubeplay.support.FidelityWalk;
import dev.kelpie.kubeplay.support.SupportTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads Kubernetes manifests into pod specs. What it keeps are facts about the model, so one
/// reader serves all threads.
public final class KubeReader {

    private final ModelClasses models = new ModelClasses();
    private final SupportTable table = new SupportTable();

    /// Reads, checks and translates all documents of all files.
    ///
    /// @throws ManifestException carrying every problem of all files
    public Playable read(List<Source> sources, PlayOptions options) {
        return read(sources, List.of(), options);
    }

    /// As above, with ConfigMaps of other files (`--configmap`), which hold nothing else.
    public Playable read(List<Source> sources, List<Source> configMapFiles, PlayOptions options) {
        var findings = new Findings();
        var manifests = new ArrayList<>(new ManifestFiles(table, findings).read(sources));
        manifests.addAll(configMapsOnly(configMapFiles, findings));
        manifests.forEach(manifest -> check(manifest, findings));
        var pods = manifests.stream().filter(Manifest::makesPods).toList();
        var crons = ofKind(manifests, Manifest.CRON_JOB);
        var runs = crons.stream().map(CronJobs::job).toList();
        var secrets = ofKind(manifests, Manifest.SECRET);
        var configMaps = new ConfigMaps(manifests);
        var services = ofKind(manifests, Manifest.SERVICE);
        new Clashes(options, findings).check(both(pods, runs));
        new References(configMaps, findings).check(both(manifests, runs));
        var claims = new Claims(manifests);
        claims.check(findings);
        var blocks = claims.blocks(findings);
        blocks.check(both(pods, runs), findings);
        var outcome = new Outcome(findings, options.validation());
        outcome.throwIfProblems();
        outcome.throwIfNothing(manifests);
        var mapper = new PodMapper(options, configMaps, blocks);
        return new Playable(
                new PlaySpec(
                        secrets.stream().map(KubeSecrets::secret).toList(),
                        claims.volumes(),
                        pods(pods, mapper),
                        services.stream().map(ServiceMapper::service).toList(),
                        crons.stream().map(cron -> cron(cron, mapper)).toList(),
                        configMaps.specs()),
                outcome.notes(),
                pods.stream().map(Manifest::workload).toList(),
                options.validation());
    }

    private static CronSpec cron(Manifest cron, PodMapper mapper) {
        return CronJobs.cron(cron, pods(List.of(CronJobs.job(cron)), mapper));
    }

    private static List<Manifest> both(List<Manifest> some, List<Manifest> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    private List<Manifest> configMapsOnly(List<Source> files, Findings findings) {
        var manifests = new ManifestFiles(table, findings).read(files);
        for (var manifest : manifests) {
            if (!manifest.kind().equals(Manifest.CONFIG_MAP)) {
                var document = manifest.document();
                findings.problem(
                        document.placeOf("kind"),
                        document.path().field("kind").toString(),
                        "must be ConfigMap in a file of --configmap, was '"
                                + manifest.kind()
                                + "'");
            }
        }
        return manifests;
    }

    private void check(Manifest manifest, Findings findings) {
        var kind = manifest.kind();
        var document =
                kind.equals(Manifest.SECRET) ? Hidden.of(manifest.document()) : manifest.document();
        var rules = new ManifestRules(findings);
        table.kind(kind)
                .ifPresent(rule -> {
                    ManifestFiles.checkApiVersion(manifest, rule, findings);
                    new FidelityWalk(manifest.title(), findings).walk(document, rule);
                });
        models.ofKind(kind)
                .ifPresent(type -> new SchemaCheck(models, findings).check(document, type));
        switch (kind) {
            case Manifest.CLAIM -> rules.checkClaim(document);
            case Manifest.VOLUME -> rules.checkVolume(document);
            case Manifest.CONFIG_MAP -> rules.checkConfigMap(document);
            case Manifest.SECRET -> rules.checkSecret(manifest.document());
            case Manifest.CRON_JOB ->
                    rules.checkCronJob(document, CronJobs.job(manifest).document());
            case Manifest.SERVICE -> rules.checkService(document);
            case Manifest.POD -> rules.checkPod(document);
            default -> rules.checkWorkload(document, kind);
        }
    }

    private static List<Manifest> ofKind(List<Manifest> manifests, String kind) {
        return manifests.stream().filter(manifest -> manifest.kind().equals(kind)).toList();
    }

    private static List<PodSpec> pods(List<Manifest> manifests, PodMapper mapper) {
        var pods = new ArrayList<PodSpec>();
        for (var manifest : manifests) {
            for (var name : manifest.podNames()) {
                var pod = mapper.pod(manifest, name);
                pods.add(manifest.kind().equals(Manifest.JOB) ? Jobs.pod(manifest, pod) : pod);
            }
        }
        return pods;
    }

    /// The objects that pods come from, and the Secrets, for `kube down`: looks at kinds, names and
    /// replicas only, so that what an edited manifest has wrong elsewhere is no obstacle.
    ///
    /// @throws ManifestException when the text is no YAML or names nothing
    public Names names(List<Source> sources) {
        var findings = new Findings();
        var manifests = new ManifestFiles(table, findings).read(sources);
        var outcome = new Outcome(findings, Validation.IGNORE);
        outcome.throwIfProblems();
        outcome.throwIfNothing(manifests);
        var named = manifests.stream().filter(manifest -> !manifest.name().isEmpty()).toList();
        return new Names(
                named.stream()
                        .filter(each -> each.makesPods() || each.kind().equals(Manifest.CRON_JOB))
                        .map(Manifest::workload)
                        .toList(),
                ofKind(named, Manifest.SECRET).stream().map(Manifest::name).toList(),
                new Claims(named).volumes().stream().map(VolumeSpec::name).toList(),
                keys(named, Manifest.SERVICE),
                keys(named, Manifest.CRON_JOB));
    }

    private static List<String> keys(List<Manifest> manifests, String kind) {
        return ofKind(manifests, kind).stream()
                .map(manifest -> manifest.namespace() + "/" + manifest.name())
                .toList();
    }
}
