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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// The volumes of a pod, and where its containers see them. A volume of a kind that is not
/// supported (let through by `--validate`) is left out with its mounts.
final class VolumeMapper {

    private static final Set<String> NO_SOURCE = Set.of("name");

    private final List<Volume> volumes;
    private final Set<String> names;

    VolumeMapper(Mapping podSpec) {
        volumes =
                podSpec.mappings("volumes").stream()
                        .map(VolumeMapper::volume)
                        .flatMap(Optional::stream)
                        .toList();
        names = volumes.stream().map(Volume::name).collect(Collectors.toSet());
    }

    List<Volume> volumes() {
        return volumes;
    }

    private static Optional<Volume> volume(Mapping volume) {
        return source(volume).map(source -> new Volume(volume.text("name").orElse(""), source));
    }

    /// Without any source a volume is an `emptyDir`, as in Kubernetes.
    private static Optional<Volume.Source> source(Mapping volume) {
        if (volume.has("hostPath")) {
            return Optional.of(hostPath(volume.mapping("hostPath")));
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
