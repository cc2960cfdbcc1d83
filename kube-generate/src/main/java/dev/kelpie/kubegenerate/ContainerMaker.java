package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PullPolicy;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.RestartPolicy;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerResizePolicy;
import io.fabric8.kubernetes.api.model.ContainerRestartRule;
import io.fabric8.kubernetes.api.model.ContainerRestartRuleOnExitCodes;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/// One container of a pod, apart from its ports.
final class ContainerMaker {
    private final PodSpec pod;
    private final VolumeMaker volumes;
    private final ConfigMaps configMaps;
    private final boolean podmanOnly;
    private final Losses losses;
    private final String namespace;

    /// @param podmanOnly say also what only Podman understands
    ContainerMaker(
            PodSpec pod,
            VolumeMaker volumes,
            ConfigMaps configMaps,
            boolean podmanOnly,
            Losses losses) {
        this.podmanOnly = podmanOnly;
        this.pod = pod;
        this.volumes = volumes;
        this.configMaps = configMaps;
        this.losses = losses;
        this.namespace = KubeGenerator.namespace(pod.metadata());
    }

    /// One that runs before the others, or as a sidecar beside them.
    Container makeInit(ContainerSpec spec) {
        var own = spec.policy().restartPolicy();
        return make(spec, own == RestartPolicy.ALWAYS ? RestartPolicy.NEVER : own);
    }

    /// @param restart what it does at its end when it says nothing itself
    Container make(ContainerSpec spec, RestartPolicy restart) {
        var owner = "container '" + spec.name() + "'";
        var made = new Container();
        made.setName(spec.shortName());
        new FurtherLosses(owner, losses).of(spec);
        image(made, spec.image(), owner);
        process(made, spec, owner);
        made.setResources(resources(spec.resources(), owner));
        made.setResizePolicy(
                spec.resources().restartOnResize().stream()
                        .map(name -> new ContainerResizePolicy(name, "RestartContainer"))
                        .toList());
        new SecurityMaker(spec, owner, losses).make().ifPresent(made::setSecurityContext);
        made.setVolumeMounts(volumes.mounts(spec.mounts(), owner, spec.security().privileged()));
        var probes = new ProbeMaker(spec.policy());
        probes.probes(made, owner, losses);
        probes.lastWords(made);
        probes.lifecycle(
                        spec.policy()
                                .stopSignal()
                                .flatMap(signal -> Signals.named(signal, owner, losses)))
                .ifPresent(made::setLifecycle);
        restarts(made, spec, restart);
        return made;
    }

    /// Its own restart policy, where it has one or its rules need one.
    private static void restarts(Container made, ContainerSpec spec, RestartPolicy usual) {
        var policy = spec.policy();
        var own = Restarts.word(policy.restartPolicy());
        if (!own.equals(Restarts.word(usual)) || !policy.restartRules().isEmpty()) {
            made.setRestartPolicy(own);
        }
        made.setRestartPolicyRules(
                policy.restartRules().stream()
                        .map(rule ->
                                new ContainerRestartRule(
                                        "Restart",
                                        new ContainerRestartRuleOnExitCodes(
                                                rule.in() ? "In" : "NotIn", rule.exitCodes())))
                        .toList());
    }

    private void image(Container made, ImageSource image, String owner) {
        made.setImage(image.reference());
        var unasked = unasked(image.reference());
        if (image.pullPolicy() == unasked) {
            return;
        }
        switch (image.pullPolicy()) {
            case ALWAYS -> made.setImagePullPolicy("Always");
            case MISSING -> made.setImagePullPolicy("IfNotPresent");
            case NEVER -> made.setImagePullPolicy("Never");
            case NEWER -> losses.note(owner, "pulling only when the registry has a newer image");
        }
    }

    /// The policy of an image that is a volume, unless it is what comes unasked.
    static java.util.Optional<String> pullPolicy(ImageSource image) {
        if (image.pullPolicy() == unasked(image.reference())) {
            return java.util.Optional.empty();
        }
        return switch (image.pullPolicy()) {
            case ALWAYS -> java.util.Optional.of("Always");
            case MISSING, NEWER -> java.util.Optional.of("IfNotPresent");
            case NEVER -> java.util.Optional.of("Never");
        };
    }

    /// What `kube play` does when nothing is said.
    private static PullPolicy unasked(String reference) {
        if (reference.contains("@")
                || reference.startsWith("sha256:")
                || reference.startsWith("localhost/")) {
            return PullPolicy.MISSING;
        }
        var colon = reference.lastIndexOf(':');
        var tagged = colon > reference.lastIndexOf('/');
        return !tagged || reference.endsWith(":latest") ? PullPolicy.NEWER : PullPolicy.MISSING;
    }

    private void process(Container made, ContainerSpec spec, String owner) {
        var process = spec.process();
        var name = pod.name() + "-" + spec.shortName() + "-env";
        var environment = new EnvMaker(process, owner, name, configMaps, losses);
        process.command()
                .ifPresent(
                        words -> made.setCommand(words.stream().map(environment::word).toList()));
        process.args()
                .ifPresent(words -> made.setArgs(words.stream().map(environment::word).toList()));
        if (process.command().filter(java.util.List::isEmpty).isPresent()) {
            losses.note(owner, "an empty entrypoint: the image's counts");
        }
        var variables = environment.make();
        for (var from : variables.from()) {
            if (from.getConfigMapRef() != null) {
                configMaps.place(from.getConfigMapRef().getName(), namespace);
            }
        }
        made.setEnv(variables.env());
        made.setEnvFrom(variables.from());
        process.workingDir().ifPresent(made::setWorkingDir);
        if (process.terminal()) {
            made.setTty(true);
        }
        if (process.stdin()) {
            made.setStdin(true);
        }
    }

    private @org.jspecify.annotations.Nullable ResourceRequirements resources(
            Resources told, String owner) {
        var spec = Tunings.amounts(told);
        var limits = new LinkedHashMap<String, Quantity>();
        var requests = new LinkedHashMap<String, Quantity>();
        put(limits, "cpu", spec.limits().milliCpu(), Amounts::cores);
        put(limits, "memory", spec.limits().memory(), Amounts::bytes);
        promise(spec, "cpu", owner, requests);
        promise(spec, "memory", owner, requests);
        spec.hugepages()
                .forEach((size, bytes) -> limits.put("hugepages-" + size, Amounts.bytes(bytes)));
        if (podmanOnly) {
            Tunings.devices(told.tuning()).forEach(key -> limits.put(key, new Quantity("1")));
        }
        if (limits.isEmpty() && requests.isEmpty()) {
            return null;
        }
        var made = new ResourceRequirements();
        made.setLimits(limits);
        made.setRequests(requests);
        return made;
    }

    private static void put(
            Map<String, Quantity> amounts,
            String name,
            OptionalLong amount,
            LongFunction<Quantity> words) {
        if (amount.orElse(0) > 0) {
            amounts.put(name, words.apply(amount.getAsLong()));
        }
    }

    /// What is promised is not written when it is as much as the limit: Kubernetes takes it so.
    private void promise(
            Resources spec, String name, String owner, Map<String, Quantity> requests) {
        var cpu = name.equals("cpu");
        var asked = cpu ? spec.requests().milliCpu() : spec.requests().memory();
        var limit = cpu ? spec.limits().milliCpu() : spec.limits().memory();
        if (asked.isEmpty() || asked.equals(limit)) {
            return;
        }
        if (limit.orElse(0) > 0 && asked.getAsLong() > limit.getAsLong()) {
            losses.note(owner, "a request of " + name + " beyond its limit");
            return;
        }
        long amount = asked.getAsLong();
        requests.put(name, cpu ? Amounts.cores(amount) : Amounts.bytes(amount));
    }
}
