package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.Expansion;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.Volume.EmptyDir;
import dev.kelpie.engine.spec.Volume.HostPath;
import dev.kelpie.engine.spec.Volume.HostPathType;
import dev.kelpie.engine.spec.VolumeMount;
import dev.kelpie.engine.spec.VolumeMount.Propagation;
import dev.kelpie.kubeplay.schema.Amount;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// The volumes of a pod, and where its containers see them. A volume of a kind that is not
/// supported (let through by `--validate`) is left out with its mounts.
final class VolumeMapper {

    private static final Set<String> NO_SOURCE = Set.of("name");

    private static final int USUAL_MODE = 0644;

    private final ConfigMaps configMaps;
    private final DownwardMapper downward;
    private final List<Volume> volumes;
    private final Set<String> names;
    private final Set<String> readOnly;
    private final BlockClaims blocks;
    private final Map<String, String> claims;

    /// @param pod its name, one of those of the manifest
    VolumeMapper(
            Manifest manifest,
            String pod,
            ConfigMaps configMaps,
            DownwardMapper downward,
            BlockClaims blocks) {
        this.blocks = blocks;
        this.claims = BlockClaims.claims(manifest, pod);
        this.configMaps = configMaps;
        this.downward = downward;
        var written = manifest.podSpec().mappings("volumes");
        var templates = Claims.templates(manifest);
        var all = new LinkedHashMap<String, Volume>();
        written.stream()
                .map(this::volume)
                .flatMap(Optional::stream)
                .forEach(volume -> all.put(volume.name(), volume));
        for (var template : templates) {
            var name = template.mapping("metadata").text("name").orElse("");
            all.put(name, new Volume(name, new Volume.Named(Claims.nameOf(template, pod))));
        }
        all.values()
                .removeIf(volume ->
                        volume.source() instanceof Volume.Named(var claim) && blocks.has(claim));
        volumes = all.values().stream().map(blocks::settled).toList();
        readOnly =
                written.stream()
                        .filter(each -> each.mapping("persistentVolumeClaim").flag("readOnly"))
                        .map(each -> each.text("name").orElse(""))
                        .collect(Collectors.toSet());
        names = all.keySet();
    }

    List<Volume> volumes() {
        return volumes;
    }

    private Optional<Volume> volume(Mapping volume) {
        return source(volume).map(source -> new Volume(volume.text("name").orElse(""), source));
    }

    /// Without any source a volume is an `emptyDir`, as in Kubernetes.
    private Optional<Volume.Source> source(Mapping volume) {
        if (volume.has("hostPath")) {
            return Optional.of(hostPath(volume.mapping("hostPath")));
        }
        if (volume.has("secret")) {
            return Optional.of(secret(volume.mapping("secret")));
        }
        if (volume.has("configMap")) {
            return Optional.of(configMap(volume.mapping("configMap")));
        }
        if (volume.has("persistentVolumeClaim")) {
            var claim = volume.mapping("persistentVolumeClaim").text("claimName").orElse("");
            return Optional.of(new Volume.Named(claim));
        }
        if (volume.has("downwardAPI")) {
            var source = volume.mapping("downwardAPI");
            var part = downward.files(source, mode(source, "defaultMode").orElse(USUAL_MODE));
            return Optional.of(new Volume.Projected(List.of(part)));
        }
        if (volume.has("projected")) {
            return Optional.of(projected(volume.mapping("projected")));
        }
        if (volume.has("ephemeral")) {
            return Optional.of(ephemeral(volume.mapping("ephemeral")));
        }
        if (volume.has("nfs")) {
            return Optional.of(nfs(volume.mapping("nfs")));
        }
        if (volume.has("image")) {
            return Optional.of(image(volume.mapping("image")));
        }
        var bare =
                volume.entries().keySet().stream()
                        .filter(volume::has)
                        .allMatch(NO_SOURCE::contains);
        return bare || volume.has("emptyDir")
                ? Optional.of(emptyDir(volume.mapping("emptyDir")))
                : Optional.empty();
    }

    static Volume.Nfs nfs(Mapping source) {
        return new Volume.Nfs(
                source.text("server").orElse(""),
                source.text("path").orElse("/"),
                source.flag("readOnly"));
    }

    private static Volume.Source image(Mapping source) {
        var reference = source.text("reference").orElse("");
        return new Volume.Image(ImageMapper.image(reference, source.text("pullPolicy")));
    }

    private static Volume.Source hostPath(Mapping source) {
        var type =
                switch (source.text("type").orElse("")) {
                    case "Directory" -> HostPathType.DIRECTORY;
                    case "DirectoryOrCreate" -> HostPathType.DIRECTORY_OR_CREATE;
                    case "File" -> HostPathType.FILE;
                    case "FileOrCreate" -> HostPathType.FILE_OR_CREATE;
                    case "Socket" -> HostPathType.SOCKET;
                    case "CharDevice" -> HostPathType.CHAR_DEVICE;
                    case "BlockDevice" -> HostPathType.BLOCK_DEVICE;
                    default -> HostPathType.ANY;
                };
        return new HostPath(Path.of(source.text("path").orElse("/")), type);
    }

    /// Lives and dies with the pod, as the claim that Kubernetes would make of it.
    private static Volume.Source ephemeral(Mapping source) {
        var spec = source.mapping("volumeClaimTemplate").mapping("spec");
        return new EmptyDir(false, size(spec.mapping("resources").mapping("requests"), "storage"));
    }

    private Volume.Source projected(Mapping source) {
        var usual = mode(source, "defaultMode").orElse(USUAL_MODE);
        var parts = new ArrayList<Volume.Part>();
        for (var part : source.mappings("sources")) {
            if (part.has("configMap")) {
                parts.add(new Volume.Part.Files(configMap(part.mapping("configMap"), usual)));
            } else if (part.has("secret")) {
                parts.add(new Volume.Part.Keys(secret(part.mapping("secret"), "name", usual)));
            } else if (part.has("downwardAPI")) {
                parts.add(downward.files(part.mapping("downwardAPI"), usual));
            }
        }
        return new Volume.Projected(parts);
    }

    private static Volume.Secret secret(Mapping source) {
        var usual = mode(source, "defaultMode").orElse(USUAL_MODE);
        return secret(source, "secretName", usual);
    }

    private static Volume.Secret secret(Mapping source, String name, int usual) {
        return new Volume.Secret(
                source.text(name).orElse(""), items(source), usual, source.flag("optional"));
    }

    private Volume.ConfigMap configMap(Mapping source) {
        return configMap(source, mode(source, "defaultMode").orElse(USUAL_MODE));
    }

    /// One that is missing is optional, or was refused before.
    private Volume.ConfigMap configMap(Mapping source, int usual) {
        var name = source.text("name").orElse("");
        var selection = new Volume.Selection(items(source), usual, source.flag("optional"));
        var files = selection.files(configMaps.contents(name));
        return configMaps.isImmutable(name)
                ? Volume.ConfigMap.fixed(name, files)
                : new Volume.ConfigMap(name, files, Optional.of(selection));
    }

    private static List<Volume.KeyToPath> items(Mapping source) {
        return source.mappings("items").stream()
                .map(item ->
                        new Volume.KeyToPath(
                                item.text("key").orElse(""),
                                item.text("path").orElse(""),
                                mode(item, "mode")))
                .toList();
    }

    private static OptionalInt mode(Mapping owner, String field) {
        var mode = owner.number(field);
        return mode.isPresent() ? OptionalInt.of((int) mode.getAsLong()) : OptionalInt.empty();
    }

    private static Volume.Source emptyDir(Mapping source) {
        return new EmptyDir(
                source.text("medium").orElse("").equals("Memory"), size(source, "sizeLimit"));
    }

    private static OptionalLong size(Mapping owner, String field) {
        var amount = owner.text(field).flatMap(Amount::parse).map(Amount::units);
        return amount.isPresent() ? OptionalLong.of(amount.get()) : OptionalLong.empty();
    }

    /// What a container may use, with the block devices among the volumes.
    Resources withDevices(Resources resources, Mapping container) {
        return blocks.with(resources, container, claims, readOnly);
    }

    /// @param variables that `subPathExpr` may name
    List<VolumeMount> mounts(Mapping container, Map<String, String> variables) {
        return container.mappings("volumeMounts").stream()
                .filter(mount -> names.contains(mount.text("name").orElse("")))
                .map(mount -> mount(mount, variables))
                .toList();
    }

    private VolumeMount mount(Mapping mount, Map<String, String> variables) {
        var name = mount.text("name").orElse("");
        var recursive = mount.word("recursiveReadOnly").orElse("Disabled");
        var path = mount.text("mountPath").orElse("/");
        return new VolumeMount(
                name,
                path.startsWith("/") ? path : "/" + path,
                mount.word("subPath")
                        .or(() ->
                                mount.word("subPathExpr")
                                        .map(text -> Expansion.expand(text, variables))),
                mount.flag("readOnly") || readOnly.contains(name),
                propagation(mount),
                false,
                !recursive.equals("Disabled"));
    }

    private static Propagation propagation(Mapping mount) {
        return switch (mount.text("mountPropagation").orElse("")) {
            case "HostToContainer" -> Propagation.RSLAVE;
            case "Bidirectional" -> Propagation.RSHARED;
            default -> Propagation.RPRIVATE;
        };
    }
}
