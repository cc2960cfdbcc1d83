package dev.kelpie.kubeplay;

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
import java.util.List;
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
    private final List<Volume> volumes;
    private final Set<String> names;

    VolumeMapper(Mapping podSpec, ConfigMaps configMaps) {
        this.configMaps = configMaps;
        volumes =
                podSpec.mappings("volumes").stream()
                        .map(this::volume)
                        .flatMap(Optional::stream)
                        .toList();
        names = volumes.stream().map(Volume::name).collect(Collectors.toSet());
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
        var bare =
                volume.entries().keySet().stream()
                        .filter(volume::has)
                        .allMatch(NO_SOURCE::contains);
        return bare || volume.has("emptyDir")
                ? Optional.of(emptyDir(volume.mapping("emptyDir")))
                : Optional.empty();
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

    private static Volume.Source secret(Mapping source) {
        return new Volume.Secret(
                source.text("secretName").orElse(""),
                source.mappings("items").stream()
                        .map(item ->
                                new Volume.KeyToPath(
                                        item.text("key").orElse(""),
                                        item.text("path").orElse(""),
                                        mode(item, "mode")))
                        .toList(),
                mode(source, "defaultMode").orElse(USUAL_MODE),
                source.flag("optional"));
    }

    /// One that is missing is optional, or was refused before.
    private Volume.Source configMap(Mapping source) {
        var name = source.text("name").orElse("");
        var contents = configMaps.contents(name);
        var usual = mode(source, "defaultMode").orElse(USUAL_MODE);
        var files = new ArrayList<Volume.FileContent>();
        if (source.mappings("items").isEmpty()) {
            contents.forEach((key, text) -> files.add(new Volume.FileContent(key, text, usual)));
        }
        for (var item : source.mappings("items")) {
            var content = contents.get(item.text("key").orElse(""));
            if (content != null) {
                var path = item.text("path").orElse("");
                files.add(new Volume.FileContent(path, content, mode(item, "mode").orElse(usual)));
            }
        }
        return new Volume.ConfigMap(name, files);
    }

    private static OptionalInt mode(Mapping owner, String field) {
        var mode = owner.number(field);
        return mode.isPresent() ? OptionalInt.of((int) mode.getAsLong()) : OptionalInt.empty();
    }

    private static Volume.Source emptyDir(Mapping source) {
        var limit = source.text("sizeLimit").flatMap(Amount::parse).map(Amount::units);
        return new EmptyDir(
                source.text("medium").orElse("").equals("Memory"),
                limit.isPresent() ? OptionalLong.of(limit.get()) : OptionalLong.empty());
    }

    List<VolumeMount> mounts(Mapping container) {
        return container.mappings("volumeMounts").stream()
                .filter(mount -> names.contains(mount.text("name").orElse("")))
                .map(VolumeMapper::mount)
                .toList();
    }

    private static VolumeMount mount(Mapping mount) {
        var path = mount.text("mountPath").orElse("/");
        return new VolumeMount(
                mount.text("name").orElse(""),
                path.startsWith("/") ? path : "/" + path,
                mount.word("subPath"),
                mount.flag("readOnly"),
                propagation(mount),
                false);
    }

    private static Propagation propagation(Mapping mount) {
        return switch (mount.text("mountPropagation").orElse("")) {
            case "HostToContainer" -> Propagation.RSLAVE;
            case "Bidirectional" -> Propagation.RSHARED;
            default -> Propagation.RPRIVATE;
        };
    }
}
