package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PodSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeResourceRequirements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes pods, and what they use, as Kubernetes YAML: claims, ConfigMaps, secrets and Services
/// first, then the pods in the order given, the containers outside any pod last and together.
public final class KubeGenerator {
    private static final String SIZE = "1Gi";

    private final GenerateOptions options;
    private final Losses losses = new Losses();
    private final ConfigMaps configMaps = new ConfigMaps();

    private KubeGenerator(GenerateOptions options) {
        this.options = options;
    }

    /// The text for an inventory; the same for an equal one.
    ///
    /// @throws GenerateException when it has no form in Kubernetes
    public static Generated generate(Inventory inventory, GenerateOptions options) {
        return new KubeGenerator(options).of(inventory);
    }

    private Generated of(Inventory inventory) {
        inventory.losses().forEach(losses::add);
        var outlines = outlines(inventory.pods());
        outlines.forEach(each -> VolumeMaker.gather(each.pod(), namespace(each.pod()), configMaps));
        var workloads = new Workloads(options, losses);
        var services = new ArrayList<HasMetadata>();
        var made = new ArrayList<HasMetadata>();
        for (var outline : outlines) {
            made.add(workload(outline, workloads, services));
        }
        var objects = new ArrayList<HasMetadata>();
        inventory.claims().forEach(claim -> objects.add(claim(claim)));
        objects.addAll(configMaps.objects());
        inventory
                .secrets()
                .forEach(secret ->
                        objects.add(Secrets.object(secret, namespace(secret.metadata()), losses)));
        objects.addAll(services);
        objects.addAll(made);
        if (objects.isEmpty()) {
            throw new GenerateException("there is nothing to generate");
        }
        return new Generated(losses.header() + YamlText.of(objects), losses.lines());
    }

    private List<Outline> outlines(List<PodSpec> pods) {
        var found = new ArrayList<Outline>();
        var solos = pods.stream().filter(pod -> !pod.sharing().infra()).toList();
        for (var pod : pods) {
            if (pod.sharing().infra()) {
                requireContainers(pod);
                found.add(Outline.of(pod));
            }
        }
        if (!solos.isEmpty()) {
            found.add(Joining.join(solos, losses));
        }
        var names =
                KubeNames.subdomains()
                        .reserve(found.stream().map(each -> each.pod().name()).toList());
        return found.stream().map(each -> Fitting.fit(each, names, losses)).toList();
    }

    private static void requireContainers(PodSpec pod) {
        if (pod.containers().isEmpty()) {
            throw new GenerateException("pod " + pod.name() + " only has an infra container");
        }
    }

    private HasMetadata workload(Outline outline, Workloads workloads, List<HasMetadata> services) {
        var pod = outline.pod();
        var template = new PodMaker(options, configMaps, losses).make(outline);
        var namespace = namespace(pod);
        options.service()
                .ifPresent(kind -> {
                    var selector = Workloads.labelled(pod.name(), template);
                    Services.of(pod, selector, kind, losses)
                            .ifPresent(service -> {
                                service.setMetadata(Workloads.metadata(pod.name(), namespace));
                                services.add(service);
                            });
                });
        return workloads.object(pod.name(), namespace, template);
    }

    private static String namespace(PodSpec pod) {
        return namespace(pod.metadata());
    }

    /// Empty for the default one.
    static String namespace(Metadata metadata) {
        return metadata.namespace().equals(Metadata.DEFAULT_NAMESPACE) ? "" : metadata.namespace();
    }

    private PersistentVolumeClaim claim(Claim claim) {
        var name = KubeNames.subdomains().fit(claim.name());
        var owner = "volume '" + claim.name() + "'";
        if (!name.equals(claim.name())) {
            losses.note(owner, "is called '" + name + "'");
        }
        var metadata = Workloads.metadata(name, "");
        var tags = new Metadata(Metadata.DEFAULT_NAMESPACE, name, claim.labels(), Map.of());
        Tags.add(metadata, tags, owner, options.podmanOnly(), losses);
        var resources = new VolumeResourceRequirements();
        resources.setRequests(Map.of("storage", new Quantity(SIZE)));
        var spec = new PersistentVolumeClaimSpec();
        spec.setAccessModes(List.of("ReadWriteOnce"));
        spec.setResources(resources);
        var made = new PersistentVolumeClaim();
        made.setMetadata(metadata);
        made.setSpec(spec);
        return made;
    }
}
