package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PortMapping;
import dev.kelpie.kubeplay.report.Findings;
import dev.kelpie.kubeplay.report.Place;
import dev.kelpie.kubeplay.report.Shown;
import dev.kelpie.kubeplay.rules.ManifestRules;
import dev.kelpie.kubeplay.support.AnnotationJudge;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What no object can know by itself: names and host ports that objects of one play, or the command
/// line, take from each other.
final class Clashes {

    /// One machine, and one play.
    static final int MAX_PODS = 2000;

    private final PlayOptions options;
    private final Findings findings;
    private final Map<String, Place> podNames = new HashMap<>();
    private final Map<String, Owner> containerNames = new HashMap<>();

    Clashes(PlayOptions options, Findings findings) {
        this.options = options;
        this.findings = findings;
    }

    void check(List<Manifest> manifests) {
        checkOptions();
        var pods =
                manifests.stream().mapToLong(m -> Math.clamp(m.replicas(), 0, MAX_PODS + 1)).sum();
        if (pods > MAX_PODS) {
            var first = manifests.getFirst().document().place();
            findings.problem(
                    Place.whole(first.file()),
                    "",
                    "one play has at most " + MAX_PODS + " pods, these are " + pods);
            return;
        }
        manifests.forEach(this::checkNames);
        checkPublished(manifests, pods);
        new HostPorts(options, findings).check(manifests);
        manifests.forEach(manifest -> VolumesFrom.check(manifest, options, findings));
        new HostNamespaces(options, findings).check(manifests);
    }

    private void checkOptions() {
        options.annotations().forEach(this::checkAnnotation);
        if (options.network().orElse(null) instanceof PodNetwork.OfContainer) {
            problem("--network", "a pod cannot join the network of a container");
        }
    }

    private void checkAnnotation(String key, String text) {
        var place = Place.whole("--annotation");
        if (!ManifestRules.isAnnotationKey(key)) {
            problem("--annotation", "'" + Shown.of(key) + "' is no key for an annotation");
            return;
        }
        ManifestRules.annotationFaults(key, text)
                .forEach(fault -> findings.problem(place, key, fault));
        AnnotationJudge.refusal(key, text)
                .ifPresent(why -> findings.problem(place, key, "not supported: " + why));
    }

    private void checkPublished(List<Manifest> manifests, long pods) {
        if (options.publish().isEmpty()) {
            return;
        }
        var fixed = options.publish().stream().filter(port -> port.hostPort() != 0).findFirst();
        var onHost =
                manifests.stream()
                        .filter(m -> PortMapper.onHostNetwork(m.podSpec(), options))
                        .findFirst();
        if (options.network().orElse(null) instanceof PodNetwork.None) {
            problem("--publish", "network none has no ports to publish");
        } else if (onHost.isPresent()) {
            problem(
                    "--publish",
                    "'" + Shown.of(onHost.get().name()) + "' is on the host's network already");
        } else if (fixed.isPresent() && pods > 1) {
            problem("--publish", shared(fixed.get(), pods));
        }
    }

    private void problem(String option, String message) {
        findings.problem(Place.whole(option), "", message);
    }

    private static String shared(PortMapping port, long pods) {
        return "host port " + port.hostPort() + " cannot serve all " + pods + " pods of this play";
    }

    private void checkNames(Manifest manifest) {
        var metadata = manifest.document().mapping("metadata");
        if (manifest.name().isEmpty()) {
            return;
        }
        for (var name : manifest.podNames()) {
            var place = metadata.placeOf("name");
            var first = podNames.putIfAbsent(name, place);
            if (first != null) {
                findings.problem(
                        place,
                        metadata.path().field("name").toString(),
                        "there is already a pod '" + name + "' at " + first);
                return;
            }
            checkContainerNames(manifest, name);
        }
    }

    private void checkContainerNames(Manifest manifest, String pod) {
        for (var list : List.of("initContainers", "containers")) {
            for (var container : manifest.podSpec().mappings(list)) {
                var prefixed = list.equals("initContainers") || !options.noPodPrefix();
                var shortName = container.text("name").orElse("");
                var name = prefixed ? pod + "-" + shortName : shortName;
                containerName(container, pod, name);
            }
        }
    }

    private record Owner(String pod, String shortName, Place place) {}

    private void containerName(Mapping container, String pod, String name) {
        var place = container.placeOf("name");
        var first =
                containerNames.putIfAbsent(
                        name, new Owner(pod, container.text("name").orElse(""), place));
        if (first != null && !sameName(first, container, pod)) {
            findings.problem(
                    place,
                    container.path().field("name").toString(),
                    "the container of pod '"
                            + Shown.of(pod)
                            + "' would be called '"
                            + Shown.of(name)
                            + "' like the one at "
                            + first.place());
        }
    }

    /// Of two equal names within one pod the rules of the pod have complained already.
    private static boolean sameName(Owner first, Mapping container, String pod) {
        return first.pod().equals(pod)
                && first.shortName().equals(container.text("name").orElse(""));
    }
}
