package dev.kelpie.kubeplay;

import dev.kelpie.kubeplay.report.Findings;
import dev.kelpie.kubeplay.report.Place;
import dev.kelpie.kubeplay.report.Shown;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Sees that every ConfigMap that pods name is among the manifests with its keys, and that no two
/// objects of a kind have one name. Secrets may lie in the engine, which looks for itself.
final class References {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\(([^)]*)\\)");
    private static final Set<String> LATE = Set.of("metadata.uid", "spec.nodeName");

    private final ConfigMaps configMaps;
    private final Findings findings;
    private final Map<String, Place> names = new HashMap<>();

    References(ConfigMaps configMaps, Findings findings) {
        this.configMaps = configMaps;
        this.findings = findings;
    }

    void check(List<Manifest> manifests) {
        for (var manifest : manifests) {
            if (manifest.makesPods()) {
                pod(manifest.podSpec());
            } else {
                distinct(manifest);
            }
        }
    }

    private void distinct(Manifest manifest) {
        var metadata = manifest.document().mapping("metadata");
        var place = metadata.placeOf("name");
        var scope = manifest.kind().equals(Manifest.SERVICE) ? manifest.namespace() : "";
        var first = names.putIfAbsent(scope + "/" + manifest.title(), place);
        if (first != null) {
            findings.problem(
                    place,
                    metadata.path().field("name").toString(),
                    "there is already a " + Shown.of(manifest.title()) + " at " + first);
        }
    }

    private void pod(Mapping spec) {
        for (var list : List.of("initContainers", "containers")) {
            for (var container : spec.mappings(list)) {
                container.mappings("envFrom").forEach(from -> whole(from, "configMapRef"));
                for (var variable : container.mappings("env")) {
                    key(variable.mapping("valueFrom").mapping("configMapKeyRef"));
                }
                container.mappings("volumeMounts").forEach(mount -> expression(mount, container));
            }
        }
        for (var volume : spec.mappings("volumes")) {
            whole(volume, "configMap");
            var source = volume.mapping("configMap");
            source.mappings("items").forEach(item -> item(source, item));
            for (var part : volume.mapping("projected").mappings("sources")) {
                whole(part, "configMap");
                var map = part.mapping("configMap");
                map.mappings("items").forEach(item -> item(map, item));
            }
        }
    }

    /// A path is made before the pod runs, so its variables must be known by then.
    private void expression(Mapping mount, Mapping container) {
        var names = VARIABLE.matcher(mount.text("subPathExpr").orElse("").replace("$$", ""));
        while (names.find()) {
            var name = names.group(1);
            if (!isKnown(name, container)) {
                findings.problem(
                        mount.placeOf("subPathExpr"),
                        mount.path().field("subPathExpr").toString(),
                        "$("
                                + Shown.of(name)
                                + ") must be a variable of the container that is known before it"
                                + " starts");
            }
        }
    }

    private boolean isKnown(String name, Mapping container) {
        for (var variable : container.mappings("env")) {
            if (variable.text("name").orElse("").equals(name)) {
                var from = variable.mapping("valueFrom");
                var field = from.mapping("fieldRef").text("fieldPath").orElse("");
                return !from.has("secretKeyRef")
                        && !from.has("fileKeyRef")
                        && !field.startsWith("status.")
                        && !LATE.contains(field);
            }
        }
        return container.mappings("envFrom").stream()
                .anyMatch(from ->
                        configMaps
                                .texts(from.mapping("configMapRef").text("name").orElse(""))
                                .keySet()
                                .stream()
                                .anyMatch(
                                        key -> name.equals(from.text("prefix").orElse("") + key)));
    }

    private void whole(Mapping owner, String field) {
        var reference = owner.mapping(field);
        var name = reference.word("name");
        if (name.isPresent() && !reference.flag("optional") && !configMaps.has(name.get())) {
            missing(reference, name.get());
        }
    }

    private void missing(Mapping reference, String name) {
        findings.problem(
                reference.placeOf("name"),
                reference.path().field("name").toString(),
                "configmap '" + Shown.of(name) + "' not found among the manifests");
    }

    private void key(Mapping reference) {
        var name = reference.word("name");
        var key = reference.word("key");
        if (name.isEmpty() || key.isEmpty() || reference.flag("optional")) {
            return;
        }
        if (!configMaps.has(name.get())) {
            missing(reference, name.get());
        } else if (!configMaps.texts(name.get()).containsKey(key.get())) {
            noKey(reference, key.get(), name.get());
        }
    }

    private void item(Mapping source, Mapping item) {
        var name = source.word("name").orElse("");
        var key = item.word("key");
        if (key.isPresent()
                && !source.flag("optional")
                && configMaps.has(name)
                && !configMaps.contents(name).containsKey(key.get())) {
            noKey(item, key.get(), name);
        }
    }

    private void noKey(Mapping owner, String key, String configMap) {
        findings.problem(
                owner.placeOf("key"),
                owner.path().field("key").toString(),
                "key '" + Shown.of(key) + "' not found in configmap '" + Shown.of(configMap) + "'");
    }
}
