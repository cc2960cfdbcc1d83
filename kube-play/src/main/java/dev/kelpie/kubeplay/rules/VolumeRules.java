package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.schema.Amount;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Rules for the volumes of a pod.
final class VolumeRules {

    private static final List<String> HOST_PATH_TYPES =
            List.of(
                    "",
                    "DirectoryOrCreate",
                    "Directory",
                    "FileOrCreate",
                    "File",
                    "Socket",
                    "CharDevice",
                    "BlockDevice");
    private static final int MOST = 1000;
    private static final Predicate<String> SERVER =
            Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,252}|[0-9a-fA-F:.]{2,45}")
                    .asMatchPredicate();

    private final Complaints complaints;
    private final NameRules names;
    private final ProjectionRules projections;

    VolumeRules(Complaints complaints, NameRules names) {
        this.complaints = complaints;
        this.names = names;
        this.projections = new ProjectionRules(complaints);
    }

    /// Checks the volumes and returns their names.
    Set<String> declared(Mapping spec) {
        var volumes = spec.mappings("volumes");
        if (volumes.size() > MOST) {
            complaints.at(spec, "volumes", "must be at most " + MOST + ", were " + volumes.size());
        }
        PodRules.distinct(complaints, volumes, "name", "volume name");
        var declared = new LinkedHashSet<String>();
        for (var volume : volumes) {
            names.requiredLabel(volume, "name");
            volume.word("name").ifPresent(declared::add);
            oneSource(volume);
            hostPath(volume);
            emptyDir(volume.mapping("emptyDir"));
            projections.volume(volume);
            projections.projected(volume, spec);
            others(volume);
        }
        return declared;
    }

    private void oneSource(Mapping volume) {
        var sources =
                volume.entries().values().stream()
                        .filter(entry -> !entry.key().equals("name") && !entry.value().absent())
                        .toList();
        if (sources.size() > 1) {
            complaints.at(
                    volume,
                    sources.get(1).key(),
                    "a volume has one source, and this one already has " + sources.get(0).key());
        }
        for (var source : sources) {
            if (source.value().empty() && !source.key().equals("emptyDir")) {
                complaints.at(volume, source.key(), "must say what to mount, was empty");
            }
        }
    }

    private void hostPath(Mapping volume) {
        var source = volume.mapping("hostPath");
        if (source.entries().isEmpty()) {
            return;
        }
        complaints.oneOf(source, "type", HOST_PATH_TYPES);
        if (!complaints.required(source, "path") || source.word("path").isEmpty()) {
            return;
        }
        var path = source.word("path").get();
        if (!path.startsWith("/") || Stream.of(path.split("/")).anyMatch(".."::equals)) {
            complaints.at(
                    source,
                    "path",
                    "must be an absolute path without '..', was " + Complaints.quoted(path));
        }
    }

    private void others(Mapping volume) {
        if (volume.has("persistentVolumeClaim")) {
            names.requiredSubdomain(volume.mapping("persistentVolumeClaim"), "claimName");
        }
        if (volume.has("image")) {
            var source = volume.mapping("image");
            complaints.required(source, "reference");
            complaints.oneOf(source, "pullPolicy", List.of("Always", "IfNotPresent", "Never"));
        }
        nfs(volume);
        if (volume.has("ephemeral")) {
            complaints.required(volume.mapping("ephemeral"), "volumeClaimTemplate");
        }
    }

    /// A directory of another machine, if it is one.
    void nfs(Mapping volume) {
        if (!volume.has("nfs")) {
            return;
        }
        var source = volume.mapping("nfs");
        var server = source.word("server");
        if (complaints.required(source, "server")
                && server.isPresent()
                && !SERVER.test(server.get())) {
            complaints.at(
                    source,
                    "server",
                    "must be a host name or an address, was " + Complaints.quoted(server.get()));
        }
        var path = source.word("path");
        if (complaints.required(source, "path")
                && path.isPresent()
                && !path.get().startsWith("/")) {
            complaints.at(
                    source,
                    "path",
                    "must be an absolute path, was " + Complaints.quoted(path.get()));
        }
    }

    private void emptyDir(Mapping source) {
        var limit = source.text("sizeLimit").flatMap(Amount::parse);
        if (limit.isPresent() && limit.get().negative()) {
            complaints.at(source, "sizeLimit", "must not be negative");
        }
    }
}
