package dev.kelpie.kubegenerate;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobTemplateSpec;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Puts the template of a pod into the object that was asked for.
final class Workloads {
    private static final String APP = "app";
    private static final String POD_SUFFIX = "-pod";

    private final GenerateOptions options;
    private final Losses losses;
    private final Set<Map<String, String>> selectors = new HashSet<>();

    Workloads(GenerateOptions options, Losses losses) {
        this.options = options;
        this.losses = losses;
    }

    /// The object of a pod.
    ///
    /// @param namespace empty for the default one
    HasMetadata object(String pod, String namespace, PodTemplateSpec template) {
        if (options.kind() == WorkloadKind.POD) {
            return pod(pod, namespace, template);
        }
        var selector = options.kind().ends() ? Map.<String, String>of() : selector(pod, template);
        var metadata = metadata(name(pod), namespace);
        if (template.getMetadata().equals(new ObjectMeta())) {
            template.setMetadata(null);
        }
        return switch (options.kind()) {
            case POD -> throw new IllegalStateException("made above");
            case DEPLOYMENT -> deployment(metadata, selector, template);
            case STATEFULSET -> statefulSet(metadata, selector, template);
            case DAEMONSET -> {
                var spec = new DaemonSetSpec();
                spec.setSelector(matching(selector));
                spec.setTemplate(template);
                var made = new DaemonSet();
                made.setMetadata(metadata);
                made.setSpec(spec);
                yield made;
            }
            case JOB -> {
                var made = new Job();
                made.setMetadata(metadata);
                made.setSpec(job(template));
                yield made;
            }
            case CRONJOB -> cronJob(metadata, template);
        };
    }

    private static Pod pod(String name, String namespace, PodTemplateSpec template) {
        var metadata = template.getMetadata();
        metadata.setName(name);
        if (!namespace.isEmpty()) {
            metadata.setNamespace(namespace);
        }
        var pod = new Pod();
        pod.setMetadata(metadata);
        pod.setSpec(template.getSpec());
        return pod;
    }

    static ObjectMeta metadata(String name, String namespace) {
        var metadata = new ObjectMeta();
        metadata.setName(name);
        if (!namespace.isEmpty()) {
            metadata.setNamespace(namespace);
        }
        return metadata;
    }

    /// A pod that is called like one of a Deployment came from that.
    private String name(String pod) {
        return pod.endsWith(POD_SUFFIX) && pod.length() > POD_SUFFIX.length()
                ? pod.substring(0, pod.length() - POD_SUFFIX.length())
                : pod + "-" + options.kind().word();
    }

    /// The label by which the pods are found; one is added where there is none.
    private Map<String, String> selector(String pod, PodTemplateSpec template) {
        var selector = labelled(pod, template);
        if (!selectors.add(selector)) {
            losses.note(
                    "pod '" + pod + "'",
                    "the selector "
                            + selector
                            + " is that of another object too: give its pods a label of their own");
        }
        return selector;
    }

    /// The selector of a pod's Service, or of what owns the pod.
    static Map<String, String> labelled(String pod, PodTemplateSpec template) {
        var labels =
                new TreeMap<>(
                        Optional.ofNullable(template.getMetadata().getLabels()).orElse(Map.of()));
        if (!labels.containsKey(APP)) {
            labels.put(APP, KubeNames.isLabel(pod) ? pod : KubeNames.labels().fit(pod));
            template.getMetadata().setLabels(labels);
        }
        return Map.of(APP, labels.getOrDefault(APP, ""));
    }

    private static LabelSelector matching(Map<String, String> labels) {
        var selector = new LabelSelector();
        selector.setMatchLabels(labels);
        return selector;
    }

    private Deployment deployment(
            ObjectMeta metadata, Map<String, String> selector, PodTemplateSpec template) {
        var spec = new DeploymentSpec();
        if (options.replicas() > 1) {
            spec.setReplicas(options.replicas());
        }
        spec.setSelector(matching(selector));
        spec.setTemplate(template);
        var made = new Deployment();
        made.setMetadata(metadata);
        made.setSpec(spec);
        return made;
    }

    private StatefulSet statefulSet(
            ObjectMeta metadata, Map<String, String> selector, PodTemplateSpec template) {
        var spec = new StatefulSetSpec();
        if (options.replicas() > 1) {
            spec.setReplicas(options.replicas());
        }
        spec.setServiceName(metadata.getName());
        spec.setSelector(matching(selector));
        spec.setTemplate(template);
        var made = new StatefulSet();
        made.setMetadata(metadata);
        made.setSpec(spec);
        return made;
    }

    private static JobSpec job(PodTemplateSpec template) {
        var spec = new JobSpec();
        spec.setTemplate(template);
        return spec;
    }

    private CronJob cronJob(ObjectMeta metadata, PodTemplateSpec template) {
        var jobTemplate = new JobTemplateSpec();
        jobTemplate.setSpec(job(template));
        var spec = new CronJobSpec();
        spec.setSchedule(options.schedule().strip());
        spec.setJobTemplate(jobTemplate);
        var made = new CronJob();
        made.setMetadata(metadata);
        made.setSpec(spec);
        return made;
    }
}
