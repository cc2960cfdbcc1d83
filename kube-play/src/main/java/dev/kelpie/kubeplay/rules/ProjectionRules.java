package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Rules for what containers take out of ConfigMaps and Secrets, as variables or as files.
final class ProjectionRules {

    private static final int ALL_BITS = 0777;

    private final Complaints complaints;
    private final DownwardRules downward;

    ProjectionRules(Complaints complaints) {
        this.complaints = complaints;
        this.downward = new DownwardRules(complaints);
    }

    void environment(Mapping container, Mapping podSpec) {
        for (var variable : container.mappings("env")) {
            var from = variable.mapping("valueFrom");
            one(variable, "valueFrom", List.of());
            for (var field : List.of("configMapKeyRef", "secretKeyRef")) {
                if (from.has(field)) {
                    complaints.required(from.mapping(field), "name");
                    complaints.required(from.mapping(field), "key");
                }
            }
            downward.variable(from, podSpec);
        }
        for (var from : container.mappings("envFrom")) {
            oneOf(from, Set.of("prefix"));
            for (var field : List.of("configMapRef", "secretRef")) {
                if (from.has(field)) {
                    complaints.required(from.mapping(field), "name");
                }
            }
            from.word("prefix")
                    .flatMap(ContainerRules::fault)
                    .ifPresent(fault -> complaints.at(from, "prefix", fault));
        }
    }

    private void one(Mapping owner, String field, List<String> besides) {
        if (owner.has(field)) {
            oneOf(owner.mapping(field), Set.copyOf(besides));
        }
    }

    private void oneOf(Mapping choice, Set<String> besides) {
        var sources =
                choice.entries().keySet().stream()
                        .filter(choice::has)
                        .filter(key -> !besides.contains(key))
                        .toList();
        if (sources.size() > 1) {
            complaints.at(
                    choice,
                    sources.get(1),
                    "there can be one source, and this is beside " + sources.get(0));
        }
        if (sources.isEmpty()) {
            complaints.at(choice, "must name a source, was empty");
        }
    }

    /// What is put together of several sources.
    void projected(Mapping volume, Mapping podSpec) {
        var seen = new HashSet<String>();
        for (var source : List.of("downwardAPI", "projected")) {
            mode(volume.mapping(source), "defaultMode");
        }
        items(volume.mapping("downwardAPI"), podSpec, seen);
        for (var part : volume.mapping("projected").mappings("sources")) {
            oneOf(part, Set.of());
            for (var field : List.of("secret", "configMap")) {
                if (part.has(field)) {
                    complaints.required(part.mapping(field), "name");
                    files(part.mapping(field), seen);
                }
            }
            items(part.mapping("downwardAPI"), podSpec, seen);
        }
    }

    private void items(Mapping source, Mapping podSpec, Set<String> seen) {
        for (var item : source.mappings("items")) {
            downward.file(item, podSpec);
            path(item, seen);
        }
    }

    void volume(Mapping volume) {
        if (volume.has("secret") && !volume.mapping("secret").entries().isEmpty()) {
            complaints.required(volume.mapping("secret"), "secretName");
            files(volume.mapping("secret"));
        }
        if (volume.has("configMap") && !volume.mapping("configMap").entries().isEmpty()) {
            complaints.required(volume.mapping("configMap"), "name");
            files(volume.mapping("configMap"));
        }
    }

    private void files(Mapping source) {
        mode(source, "defaultMode");
        files(source, new HashSet<>());
    }

    private void files(Mapping source, Set<String> seen) {
        for (var item : source.mappings("items")) {
            complaints.required(item, "key");
            path(item, seen);
        }
    }

    private void path(Mapping item, Set<String> seen) {
        mode(item, "mode");
        if (complaints.required(item, "path")) {
            item.word("path")
                    .flatMap(path -> fault(path, seen))
                    .ifPresent(fault -> complaints.at(item, "path", fault));
        }
    }

    private void mode(Mapping owner, String field) {
        var mode = owner.number(field);
        if (mode.isPresent() && (mode.getAsLong() < 0 || mode.getAsLong() > ALL_BITS)) {
            complaints.at(
                    owner,
                    field,
                    "must be between 0000 and 0777 (octal), was "
                            + (mode.getAsLong() < 0
                                    ? mode.getAsLong()
                                    : "0" + Long.toOctalString(mode.getAsLong())));
        }
    }

    private static Optional<String> fault(String path, Set<String> seen) {
        var parts = path.split("/", -1);
        if (path.startsWith("..")
                || Stream.of(parts).anyMatch(part -> Set.of("", ".", "..").contains(part))) {
            return Optional.of(
                    "must be a relative path without '..' and not begin with it, was "
                            + Complaints.quoted(path));
        }
        var clash =
                seen.stream()
                        .filter(other ->
                                other.equals(path)
                                        || other.startsWith(path + "/")
                                        || path.startsWith(other + "/"))
                        .findFirst();
        seen.add(path);
        return clash.map(
                other -> Complaints.quoted(path) + " cannot be beside " + Complaints.quoted(other));
    }
}
