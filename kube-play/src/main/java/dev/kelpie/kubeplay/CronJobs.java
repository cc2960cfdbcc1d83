package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.CronSchedule;
import dev.kelpie.engine.spec.CronSpec;
import dev.kelpie.engine.spec.CronSpec.Concurrency;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.kubeplay.yaml.Mapping;
import dev.kelpie.kubeplay.yaml.Node;
import dev.kelpie.kubeplay.yaml.ScalarKind;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes CronJobs of their manifests: the Job that each run is, under a name with a place for the
/// run's number, and what is said of the runs.
final class CronJobs {

    private static final int SUCCEEDED_KEPT = 3;
    private static final int FAILED_KEPT = 1;

    private CronJobs() {}

    /// The Job that a run of it is.
    static Manifest job(Manifest cronJob) {
        var template = cronJob.spec().mapping("jobTemplate");
        var written = template.mapping("metadata");
        var metadata = new LinkedHashMap<>(written.entries());
        var own = cronJob.document().mapping("metadata");
        put(metadata, written, "name", cronJob.name() + "-" + CronSpec.PLACE);
        own.get("namespace")
                .ifPresent(_ -> put(metadata, written, "namespace", cronJob.namespace()));
        var object = new LinkedHashMap<>(template.entries());
        object.put(
                "metadata",
                new Mapping.Entry(
                        "metadata", own.place(), new Mapping(own.place(), own.path(), metadata)));
        return new Manifest(Manifest.JOB, new Mapping(template.place(), template.path(), object));
    }

    private static void put(
            Map<String, Mapping.Entry> entries, Mapping at, String key, String text) {
        var scalar = new Node.Scalar(at.place(), at.path().field(key), text, ScalarKind.STRING);
        entries.put(key, new Mapping.Entry(key, at.place(), scalar));
    }

    /// @param pods of a run
    static CronSpec cron(Manifest manifest, List<PodSpec> pods) {
        var spec = manifest.spec();
        var metadata = manifest.document().mapping("metadata");
        return new CronSpec(
                new Metadata(
                        manifest.namespace(),
                        manifest.name(),
                        metadata.textMap("labels"),
                        metadata.textMap("annotations")),
                new CronSchedule(spec.text("schedule").orElse("")),
                spec.word("timeZone").map(ZoneId::of),
                concurrency(spec),
                spec.flag("suspend"),
                deadline(spec),
                new CronSpec.History(
                        (int) spec.number("successfulJobsHistoryLimit").orElse(SUCCEEDED_KEPT),
                        (int) spec.number("failedJobsHistoryLimit").orElse(FAILED_KEPT)),
                pods.stream().map(pod -> pod.withLabel(CronSpec.LABEL, manifest.name())).toList());
    }

    private static Concurrency concurrency(Mapping spec) {
        return switch (spec.text("concurrencyPolicy").orElse("")) {
            case "Forbid" -> Concurrency.FORBID;
            case "Replace" -> Concurrency.REPLACE;
            default -> Concurrency.ALLOW;
        };
    }

    private static Optional<Duration> deadline(Mapping spec) {
        var seconds = spec.number("startingDeadlineSeconds");
        return seconds.isPresent()
                ? Optional.of(Duration.ofSeconds(seconds.getAsLong()))
                : Optional.empty();
    }
}
