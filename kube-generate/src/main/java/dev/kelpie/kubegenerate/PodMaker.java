package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.ContainerPolicy;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PodDemands;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PodUsers;
import dev.kelpie.engine.spec.PodUsersSyntax;
import dev.kelpie.engine.spec.RestartPolicy;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodOS;
import io.fabric8.kubernetes.api.model.PodReadinessGate;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Makes the template of a pod from a spec whose names fit already.
final class PodMaker {
    private static final Duration USUAL_GRACE = Duration.ofSeconds(30);

    private final GenerateOptions options;
    private final ConfigMaps configMaps;
    private final Losses losses;

    PodMaker(GenerateOptions options, ConfigMaps configMaps, Losses losses) {
        this.options = options;
        this.configMaps = configMaps;
        this.losses = losses;
    }

    /// The pod with its labels and annotations, without its name.
    PodTemplateSpec make(Outline outline) {
        var owner = "pod '" + outline.pod().name() + "'";
        var metadata = new ObjectMeta();
        Tags.add(metadata, outline.pod().metadata(), owner, options.podmanOnly(), losses);
        var pod = DeclaredMounts.left(outline.pod(), annotations(metadata), losses);
        var spec = new io.fabric8.kubernetes.api.model.PodSpec();
        var network = new NetworkMaker(pod, losses);
        network.add(spec);
        sharing(pod, spec, owner);
        new PodContextMaker(pod, losses).make().ifPresent(spec::setSecurityContext);
        var restart = policy(pod, spec, owner);
        var volumes = new VolumeMaker(pod, configMaps, losses);
        spec.setVolumes(volumes.volumes());
        var maker = new ContainerMaker(pod, volumes, configMaps, options.podmanOnly(), losses);
        pod.policy()
                .activeDeadline()
                .map(Duration::toSeconds)
                .ifPresent(spec::setActiveDeadlineSeconds);
        spec.setReadinessGates(
                pod.policy().readinessGates().stream().map(PodReadinessGate::new).toList());
        spec.setSchedulingGates(
                pod.policy().schedulingGates().stream().map(PodSchedulingGate::new).toList());
        pod.policy().serviceLinks().filter(told -> !told).ifPresent(spec::setEnableServiceLinks);
        spec.setInitContainers(pod.initContainers().stream().map(maker::makeInit).toList());
        spec.setContainers(
                pod.containers().stream().map(each -> maker.make(each, restart)).toList());
        ports(outline, spec, network);
        demands(pod.policy().demands(), spec);
        stopSignalsNeedLinux(spec);
        var template = new PodTemplateSpec();
        template.setMetadata(metadata);
        template.setSpec(spec);
        for (var container : pod.allContainers()) {
            account(container, pod);
            new Tunings(container, options.podmanOnly(), metadata, losses).tell();
        }
        return template;
    }

    private static Map<String, String> annotations(ObjectMeta metadata) {
        return Objects.requireNonNullElse(metadata.getAnnotations(), Map.of());
    }

    /// What the pod as a whole asks for; its overhead is in its limits.
    private static void demands(PodDemands demands, io.fabric8.kubernetes.api.model.PodSpec spec) {
        demands.runtime().ifPresent(spec::setRuntimeClassName);
        spec.setImagePullSecrets(
                demands.imagePullSecrets().stream()
                        .map(io.fabric8.kubernetes.api.model.LocalObjectReference::new)
                        .toList());
        if (demands.rank() == PodDemands.Rank.CRITICAL) {
            spec.setPriorityClassName("system-node-critical");
        }
        var limits = Amounts.of(demands.limits());
        var requests = Amounts.of(demands.requests());
        if (!limits.isEmpty() || !requests.isEmpty()) {
            var made = new io.fabric8.kubernetes.api.model.ResourceRequirements();
            made.setLimits(limits);
            made.setRequests(requests);
            spec.setResources(made);
        }
    }

    /// Behind a Service, or with replicas, no port of the host is taken.
    private void ports(
            Outline outline, io.fabric8.kubernetes.api.model.PodSpec spec, NetworkMaker network) {
        var onHost = options.service().isEmpty() && options.replicas() == 1;
        for (var container : spec.getContainers()) {
            var mappings = outline.ports().getOrDefault(container.getName(), List.of());
            var ports = new ArrayList<>(network.ports(mappings, onHost));
            if (container.equals(spec.getContainers().getFirst())) {
                ports.addAll(network.unpublished());
            }
            container.setPorts(ports);
            if (options.replicas() > 1 && options.service().isEmpty() && !mappings.isEmpty()) {
                losses.note(
                        "container '" + container.getName() + "'",
                        "published ports: replicas cannot share a port of the host");
            }
        }
    }

    /// A cluster wants to know the system before it believes a signal.
    private static void stopSignalsNeedLinux(io.fabric8.kubernetes.api.model.PodSpec spec) {
        if (Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream())
                .anyMatch(container ->
                        container.getLifecycle() != null
                                && container.getLifecycle().getStopSignal() != null)) {
            spec.setOs(new PodOS("linux"));
        }
    }

    private void sharing(PodSpec pod, io.fabric8.kubernetes.api.model.PodSpec spec, String owner) {
        var sharing = pod.sharing();
        if (sharing.hostPid()) {
            spec.setHostPID(true);
        } else if (sharing.shareProcesses()) {
            spec.setShareProcessNamespace(true);
        }
        if (sharing.hostIpc()) {
            spec.setHostIPC(true);
        }
        sharing.usersAsked().ifPresent(users -> users(users, pod, spec, owner));
        var infra = sharing.infraSpec();
        infra.name().ifPresent(name -> losses.note(owner, "infra container's name '" + name + "'"));
        infra.conmonPidFile().ifPresent(file -> losses.note(owner, "pid file '" + file + "'"));
        infra.shmSize().ifPresent(bytes -> losses.note(owner, "/dev/shm of " + bytes + " bytes"));
    }

    /// Kubernetes has one kind; the others are said by an annotation, where the pod came with one.
    private void users(
            PodUsers users,
            PodSpec pod,
            io.fabric8.kubernetes.api.model.PodSpec spec,
            String owner) {
        if (pod.metadata().annotations().containsKey(PodUsersSyntax.ANNOTATION)) {
            return;
        }
        spec.setHostUsers(false);
        if (!users.equals(new PodUsers.Auto(OptionalLong.empty(), true))) {
            losses.note(
                    owner,
                    "user namespace '" + PodUsersSyntax.word(users).orElse("of given ids") + "'");
        }
    }

    /// Adds them; the restart policy of containers that say nothing themselves.
    private RestartPolicy policy(
            PodSpec pod, io.fabric8.kubernetes.api.model.PodSpec spec, String owner) {
        var restarts = new Restarts(options, losses);
        switch (restarts.of(pod)) {
            case ALWAYS, UNLESS_STOPPED -> {}
            case ON_FAILURE -> spec.setRestartPolicy("OnFailure");
            case NEVER -> spec.setRestartPolicy("Never");
        }
        var grace = grace(pod, owner);
        if (!grace.equals(USUAL_GRACE)) {
            spec.setTerminationGracePeriodSeconds(grace.toSeconds());
        }
        return restarts.common(pod);
    }

    /// The containers' own when they are of one mind, else the longest.
    private Duration grace(PodSpec pod, String owner) {
        var times =
                pod.allContainers().stream()
                        .map(container -> container.policy().stopTimeout())
                        .distinct()
                        .sorted()
                        .toList();
        if (times.size() > 1) {
            losses.note(
                    owner, "stop timeouts differ, the longest counts for all: " + seconds(times));
        }
        var longest = times.isEmpty() ? pod.policy().terminationGracePeriod() : times.getLast();
        return Duration.ofSeconds(longest.plusNanos(999_999_999).toSeconds());
    }

    private static String seconds(List<Duration> times) {
        var words = new ArrayList<String>();
        times.forEach(time -> words.add(time.toSeconds() + " s"));
        return String.join(", ", words);
    }

    /// What a container has for itself that Kubernetes has no place for.
    private void account(ContainerSpec container, PodSpec pod) {
        var owner = "container '" + container.name() + "'";
        ContainerPolicy policy = container.policy();
        if (policy.maxRetries() > 0 && policy.restartPolicy() == RestartPolicy.ON_FAILURE) {
            losses.note(owner, "at most " + policy.maxRetries() + " restarts: there is no end");
        }
        if (policy.autoRemove()) {
            losses.note(owner, "removal at its end (--rm)");
        }
        if (!pod.sharing().infra()) {
            return;
        }
        var own = container.metadata();
        lostTags(own, pod.metadata(), owner);
    }

    private void lostTags(Metadata own, Metadata ofPod, String owner) {
        new java.util.TreeMap<>(own.labels())
                .forEach((key, value) -> {
                    if (!value.equals(ofPod.labels().get(key))) {
                        losses.note(owner, "label '" + key + "' of its own");
                    }
                });
        new java.util.TreeMap<>(own.annotations())
                .forEach((key, value) -> {
                    if (!value.equals(ofPod.annotations().get(key))) {
                        losses.note(owner, "annotation '" + key + "' of its own");
                    }
                });
    }
}
