package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.report.Findings;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.List;

/// Checks one object against the rules of its kind.
public final class ManifestRules {

    private final MetadataRules metadata;
    private final PodRules pods;
    private final WorkloadRules workloads;
    private final KeyRules keys;
    private final ClaimRules claims;
    private final ServiceRules services;
    private final CronRules crons;

    public ManifestRules(Findings findings) {
        var complaints = new Complaints(findings);
        var names = new NameRules(complaints);
        metadata = new MetadataRules(complaints, names);
        pods = new PodRules(complaints, names);
        keys = new KeyRules(complaints);
        workloads = new WorkloadRules(complaints, metadata, pods);
        claims = new ClaimRules(complaints, names);
        services = new ServiceRules(complaints, names);
        crons = new CronRules(complaints);
    }

    public void checkPod(Mapping pod) {
        metadata.ofObject(pod);
        pods.check(pod);
    }

    public void checkWorkload(Mapping object, String kind) {
        metadata.ofObject(object);
        workloads.check(object, kind);
        for (var template : object.mapping("spec").mappings("volumeClaimTemplates")) {
            metadata.ofObject(template);
            claims.claim(template);
        }
    }

    public void checkClaim(Mapping claim) {
        metadata.ofObject(claim);
        claims.claim(claim);
    }

    /// Checks a cron job and, as a job, what each of its runs is.
    public void checkCronJob(Mapping cronJob, Mapping job) {
        metadata.ofObject(cronJob);
        crons.check(cronJob);
        if (cronJob.mapping("spec").has("jobTemplate")) {
            metadata.ofTemplate(cronJob.mapping("spec").mapping("jobTemplate"));
            workloads.check(job, "Job");
        }
    }

    public void checkService(Mapping service) {
        metadata.ofObject(service);
        services.check(service);
    }

    public void checkVolume(Mapping volume) {
        metadata.ofObject(volume);
        claims.volume(volume);
    }

    public void checkConfigMap(Mapping configMap) {
        metadata.ofObject(configMap);
        keys.configMap(configMap);
    }

    public void checkSecret(Mapping secret) {
        metadata.ofObject(secret);
        keys.secret(secret);
    }

    /// What is wrong with the text of an annotation (`--annotation`).
    public static List<String> annotationFaults(String key, String text) {
        return AnnotationRules.faults(key, text);
    }

    /// Whether a text may be the key of an annotation (`--annotation`).
    public static boolean isAnnotationKey(String key) {
        return NameRules.isQualifiedKey(key.toLowerCase(java.util.Locale.ROOT));
    }
}
