package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Rules for what containers are told of their own pod, and for variables out of files.
final class DownwardRules {

    private static final Set<String> OF_BOTH =
            Set.of("metadata.name", "metadata.namespace", "metadata.uid");
    private static final Set<String> OF_VARIABLES =
            Set.of(
                    "spec.nodeName",
                    "spec.serviceAccountName",
                    "status.hostIP",
                    "status.hostIPs",
                    "status.podIP",
                    "status.podIPs");
    private static final Set<String> OF_FILES = Set.of("metadata.labels", "metadata.annotations");
    private static final Pattern SUBSCRIPT =
            Pattern.compile("metadata\\.(labels|annotations)\\['([^']*)'\\]");
    private static final Pattern RESOURCE =
            Pattern.compile(
                    "(limits|requests)\\.(cpu|memory|ephemeral-storage|hugepages-[0-9]+[KMG]i)");
    private static final Set<String> CPU_DIVISORS = Set.of("0", "1m", "1");
    private static final Set<String> OTHER_DIVISORS =
            Set.of(
                    "0", "1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi",
                    "1Ei");

    private final Complaints complaints;

    DownwardRules(Complaints complaints) {
        this.complaints = complaints;
    }

    /// A `valueFrom`.
    void variable(Mapping from, Mapping podSpec) {
        if (from.has("fieldRef")) {
            field(from.mapping("fieldRef"), OF_VARIABLES);
        }
        if (from.has("resourceFieldRef")) {
            resource(from.mapping("resourceFieldRef"), podSpec);
        }
        if (from.has("fileKeyRef")) {
            file(from.mapping("fileKeyRef"), "volumeName", podSpec);
        }
    }

    private void file(Mapping ref, String volume, Mapping podSpec) {
        complaints.required(ref, "key");
        if (complaints.required(ref, "path")) {
            var path = ref.text("path").orElse("");
            if (path.startsWith("/") || Stream.of(path.split("/")).anyMatch(".."::equals)) {
                complaints.at(
                        ref,
                        "path",
                        "must be a relative path without '..', was " + Complaints.quoted(path));
            }
        }
        if (complaints.required(ref, volume)) {
            var name = ref.text(volume).orElse("");
            var isEmptyDir =
                    podSpec.mappings("volumes").stream()
                            .anyMatch(each ->
                                    each.text("name").orElse("").equals(name)
                                            && each.has("emptyDir"));
            if (!isEmptyDir) {
                complaints.at(
                        ref,
                        volume,
                        "must be an emptyDir of the pod, was " + Complaints.quoted(name));
            }
        }
    }

    /// An item of a downwardAPI volume.
    void file(Mapping item, Mapping podSpec) {
        if (item.has("fieldRef") == item.has("resourceFieldRef")) {
            complaints.at(item, "must have either fieldRef or resourceFieldRef");
        }
        if (item.has("fieldRef")) {
            field(item.mapping("fieldRef"), OF_FILES);
        }
        if (item.has("resourceFieldRef")) {
            complaints.required(item.mapping("resourceFieldRef"), "containerName");
            resource(item.mapping("resourceFieldRef"), podSpec);
        }
    }

    private void field(Mapping ref, Set<String> special) {
        if (!complaints.required(ref, "fieldPath")) {
            return;
        }
        var path = ref.text("fieldPath").orElse("");
        var subscript = SUBSCRIPT.matcher(path);
        if (subscript.matches()) {
            if (!NameRules.isQualifiedKey(subscript.group(2).toLowerCase(java.util.Locale.ROOT))) {
                complaints.at(
                        ref,
                        "fieldPath",
                        "must name a label or annotation, was " + Complaints.quoted(path));
            }
        } else if (!OF_BOTH.contains(path) && !special.contains(path)) {
            var known = Stream.concat(OF_BOTH.stream(), special.stream()).sorted().toList();
            complaints.at(
                    ref,
                    "fieldPath",
                    "must be one of "
                            + String.join(", ", known)
                            + ", metadata.labels['KEY'], metadata.annotations['KEY'], was "
                            + Complaints.quoted(path),
                    Complaints.didYouMean(path, known));
        }
    }

    private void resource(Mapping ref, Mapping podSpec) {
        container(ref, podSpec);
        if (!complaints.required(ref, "resource")) {
            return;
        }
        var resource = ref.text("resource").orElse("");
        if (!RESOURCE.matcher(resource).matches()) {
            complaints.at(
                    ref,
                    "resource",
                    "must be limits. or requests. of cpu, memory, ephemeral-storage or"
                            + " hugepages-SIZE, was "
                            + Complaints.quoted(resource));
        }
        var divisors = resource.endsWith(".cpu") ? CPU_DIVISORS : OTHER_DIVISORS;
        var divisor = ref.text("divisor");
        if (divisor.isPresent() && !divisors.contains(divisor.get())) {
            complaints.at(
                    ref,
                    "divisor",
                    "must be one of "
                            + String.join(", ", divisors.stream().sorted().toList())
                            + ", was "
                            + Complaints.quoted(divisor.get()));
        }
    }

    private void container(Mapping ref, Mapping podSpec) {
        var name = ref.word("containerName");
        var names =
                Stream.of("initContainers", "containers")
                        .flatMap(list -> podSpec.mappings(list).stream())
                        .flatMap(each -> each.word("name").stream())
                        .toList();
        if (name.isPresent() && !names.contains(name.get())) {
            complaints.at(
                    ref,
                    "containerName",
                    "there is no container " + Complaints.quoted(name.get()),
                    Complaints.didYouMean(name.get(), List.copyOf(names)));
        }
    }
}
