package dev.kelpie.kubegenerate.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// A cluster to which objects are applied, on the server's side, under our name as field manager.
public final class Cluster implements AutoCloseable {
    /// Our name in `managedFields`.
    public static final String MANAGER = "kelpie";

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final int NOT_FOUND = 404;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final Kinds kinds;

    Cluster(KubernetesClient client) {
        this.client = client;
        this.kinds = new Kinds(client);
    }

    /// The cluster of a kubeconfig; nothing is asked of it yet.
    ///
    /// @throws ApplyException when the kubeconfig cannot be used
    public static Cluster open(Access access) {
        var config = new Settings(access).config();
        return new Cluster(new KubernetesClientBuilder().withConfig(config).build());
    }

    /// Where it is, as the kubeconfig says.
    public String address() {
        return client.getConfiguration().getMasterUrl();
    }

    /// Applies each object by itself and tells of it at once. One that is refused does not keep the
    /// others back, unless the cluster cannot be reached or does not know us.
    public List<Result> apply(Objects objects, Wishes wishes, Consumer<Result> progress)
            throws InterruptedException {
        var results = new ArrayList<Result>();
        var applied = new ArrayList<Target>();
        var over = Optional.<String>empty();
        for (var object : objects.all()) {
            var target = new Target(object, namespace(object, wishes));
            Result.Outcome outcome;
            if (over.isPresent()) {
                outcome = new Result.Outcome.NotDone(over.get());
            } else {
                try {
                    outcome = apply(target, wishes);
                } catch (KubernetesClientException e) {
                    var refusal = Refusal.of(e);
                    outcome = new Result.Outcome.Failed(refusal.reason());
                    over = refusal.forAll() ? Optional.of(refusal.reason()) : over;
                }
            }
            var result = target.result(outcome);
            progress.accept(result);
            results.add(result);
            if (result.done()) {
                applied.add(target);
            }
        }
        if (wishes.patience().isPresent() && !wishes.dryRun()) {
            results.addAll(await(applied, wishes.patience().get(), progress));
        }
        return results;
    }

    /// @param namespace empty for an object of the whole cluster
    private record Target(GenericKubernetesResource object, String namespace) {
        Result result(Result.Outcome outcome) {
            var version = object.getApiVersion();
            int slash = version.indexOf('/');
            var kind = object.getKind().toLowerCase(Locale.ROOT);
            var group = slash < 0 ? "" : "." + version.substring(0, slash);
            var name = kind + group + "/" + object.getMetadata().getName();
            return new Result(name, namespace, outcome);
        }
    }

    private String namespace(GenericKubernetesResource object, Wishes wishes) {
        return Optional.ofNullable(object.getMetadata().getNamespace())
                .or(wishes::namespace)
                .or(() -> Optional.ofNullable(client.getConfiguration().getNamespace()))
                .orElse("default");
    }

    private Result.Outcome apply(Target target, Wishes wishes) {
        var object = target.object();
        var context = kinds.find(object);
        if (context.isEmpty()) {
            return new Result.Outcome.Failed(
                    "the cluster has no kind '"
                            + object.getKind()
                            + "' of "
                            + object.getApiVersion());
        }
        var own = wishes.namespace();
        var said = Optional.ofNullable(object.getMetadata().getNamespace());
        if (context.get().isNamespaceScoped() && own.isPresent() && said.isPresent()) {
            if (!said.equals(own)) {
                return new Result.Outcome.Failed(
                        "is of namespace '" + said.get() + "', not of --namespace " + own.get());
            }
        }
        if (context.get().isNamespaceScoped()) {
            object.getMetadata().setNamespace(target.namespace());
        }
        MergeKeys.complete(object);
        var before = get(context.get(), target);
        var after = send(resource(context.get(), target), wishes);
        return new Result.Outcome.Applied(change(before, after, wishes.dryRun()));
    }

    private static GenericKubernetesResource send(
            Resource<GenericKubernetesResource> resource, Wishes wishes) {
        var own = wishes.dryRun() ? resource.dryRun(true) : resource;
        var managed = own.fieldManager(MANAGER);
        return (wishes.force() ? managed.forceConflicts() : managed).serverSideApply();
    }

    /// @param dryRun whether the version that is answered means nothing
    private static String change(
            Optional<GenericKubernetesResource> before,
            GenericKubernetesResource after,
            boolean dryRun) {
        if (before.isEmpty()) {
            return "created";
        }
        var old = before.get().getMetadata().getResourceVersion();
        boolean same =
                dryRun
                        ? content(before.get()).equals(content(after))
                        : old != null && old.equals(after.getMetadata().getResourceVersion());
        return same ? "unchanged" : "configured";
    }

    /// All but what a server counts of it.
    private static JsonNode content(GenericKubernetesResource object) {
        JsonNode tree = JSON.valueToTree(object);
        if (tree.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(List.of("managedFields", "resourceVersion", "generation"));
        }
        return tree;
    }

    private Resource<GenericKubernetesResource> resource(
            ResourceDefinitionContext context, Target target) {
        var all = client.genericKubernetesResources(context);
        return context.isNamespaceScoped()
                ? all.inNamespace(target.namespace()).resource(target.object())
                : all.resource(target.object());
    }

    private Optional<GenericKubernetesResource> get(
            ResourceDefinitionContext context, Target target) {
        try {
            return Optional.ofNullable(resource(context, target).get());
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private List<Result> await(List<Target> targets, Duration longest, Consumer<Result> progress)
            throws InterruptedException {
        var end = Instant.now().plus(longest);
        var results = new ArrayList<Result>();
        for (var target : targets) {
            var result = target.result(await(target, end));
            progress.accept(result);
            results.add(result);
        }
        return results;
    }

    private Result.Outcome await(Target target, Instant end) throws InterruptedException {
        while (true) {
            String state;
            try {
                var now = get(kinds.find(target.object()).orElseThrow(), target);
                var readiness = now.map(Readiness::new);
                if (readiness.filter(Readiness::reached).isPresent()) {
                    return new Result.Outcome.Ready();
                }
                var hopeless = readiness.flatMap(Readiness::hopeless);
                if (hopeless.isPresent()) {
                    return new Result.Outcome.Failed(hopeless.get());
                }
                state = readiness.map(Readiness::state).orElse("gone");
            } catch (KubernetesClientException e) {
                state = Refusal.of(e).reason();
            }
            if (!Instant.now().isBefore(end)) {
                return new Result.Outcome.Failed("is not ready in time: " + state);
            }
            Thread.sleep(LOOK);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
