package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Rules for the metadata of objects and templates.
final class MetadataRules {

    private static final int MOST_BYTES = 256 * 1024;

    private final Complaints complaints;
    private final NameRules names;
    private final AnnotationRules annotations;

    MetadataRules(Complaints complaints, NameRules names) {
        this.complaints = complaints;
        this.names = names;
        this.annotations = new AnnotationRules(complaints);
    }

    /// Metadata of an object: a name is needed.
    void ofObject(Mapping object) {
        var metadata = object.mapping("metadata");
        if (!object.has("metadata")) {
            complaints.at(object, "metadata", "required, but missing");
        } else if (metadata.has("generateName") && !metadata.has("name")) {
            complaints.at(metadata, "name", "required, but missing; generateName makes none here");
        } else {
            names.requiredSubdomain(metadata, "name");
        }
        names.label(metadata, "namespace");
        tags(metadata);
        if (!object.text("kind").orElse("").equals("Secret")) { // whose values nobody quotes
            howContainersRun(metadata);
        }
    }

    /// Metadata of a template, whose name is of no interest.
    void ofTemplate(Mapping template) {
        tags(template.mapping("metadata"));
        howContainersRun(template.mapping("metadata"));
    }

    private void howContainersRun(Mapping metadata) {
        metadata.mapping("annotations").entries().values().forEach(annotations::check);
    }

    private void tags(Mapping metadata) {
        names.labels(metadata, "labels");
        metadata.mapping("annotations").entries().values().forEach(names::annotationKey);
        var bytes = size(metadata.textMap("annotations"));
        if (bytes > MOST_BYTES) {
            complaints.at(
                    metadata,
                    "annotations",
                    "must be at most " + MOST_BYTES + " bytes together, were " + bytes);
        }
    }

    private static long size(Map<String, String> texts) {
        return texts.entrySet().stream()
                .mapToLong(e -> bytes(e.getKey()) + bytes(e.getValue()))
                .sum();
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
