package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
import io.fabric8.kubernetes.api.model.ConfigMapProjection;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.ImageVolumeSource;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.NFSVolumeSource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.SecretProjection;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The volumes of a pod, and the mounts of its containers.
final class VolumeMaker {
    private static final int USUAL_MODE = 0644;

    private final String owner;
    private final Map<String, Volume.Source> sources = new LinkedHashMap<>();
    private final ConfigMaps configMaps;
    private static final Set<String> OF_ALL_MEMORY =
            Set.of("ro", "rw", "nosuid", "nodev", "exec", "tmpcopyup");

    private final Losses losses;

    VolumeMaker(PodSpec pod, ConfigMaps configMaps, Losses losses) {
        this.owner = "pod '" + pod.name() + "'";
        this.configMaps = configMaps;
        this.losses = losses;
        pod.volumes().forEach(volume -> sources.put(volume.name(), volume.source()));
    }

    /// Lets the ConfigMaps know of the files in the pod's volumes.
    static void gather(PodSpec pod, String namespace, ConfigMaps configMaps) {
        for (var volume : pod.volumes()) {
            switch (volume.source()) {
                case Volume.ConfigMap map -> gather(map, namespace, configMaps);
                case Volume.Projected(var parts) -> {
                    for (var part : parts) {
                        if (part instanceof Volume.Part.Files(var map)) {
                            gather(map, namespace, configMaps);
                        }
                    }
                }
                default -> {}
            }
        }
    }

    private static void gather(Volume.ConfigMap map, String namespace, ConfigMaps configMaps) {
        var name = KubeNames.subdomains().fit(map.configMapName());
        configMaps.files(name, map.files(), namespace);
    }

    List<io.fabric8.kubernetes.api.model.Volume> volumes() {
        var volumes = new ArrayList<io.fabric8.kubernetes.api.model.Volume>();
        sources.forEach((name, source) -> {
            var volume = new io.fabric8.kubernetes.api.model.Volume();
            volume.setName(name);
            fill(volume, source);
            volumes.add(volume);
        });
        return volumes;
    }

    private void fill(io.fabric8.kubernetes.api.model.Volume volume, Volume.Source source) {
        switch (source) {
            case Volume.HostPath hostPath -> volume.setHostPath(hostPath(hostPath));
            case Volume.EmptyDir emptyDir -> volume.setEmptyDir(emptyDir(emptyDir));
            case Volume.Tmpfs tmpfs ->
                    volume.setEmptyDir(emptyDir(new Volume.EmptyDir(true, tmpfs.size())));
            case Volume.Named(var claim) -> {
                var made = new PersistentVolumeClaimVolumeSource();
                made.setClaimName(KubeNames.subdomains().fit(claim));
                volume.setPersistentVolumeClaim(made);
            }
            case Volume.SecretFile file -> volume.setSecret(secretFile(file));
            case Volume.Secret secret -> volume.setSecret(secret(secret));
            case Volume.ConfigMap map -> volume.setConfigMap(configMap(map));
            case Volume.Projected(var parts) -> {
                var made = new ProjectedVolumeSource();
                var usual = usualMode(parts);
                mode(usual).ifPresent(made::setDefaultMode);
                made.setSources(parts.stream().map(part -> projection(part, usual)).toList());
                volume.setProjected(made);
            }
            case Volume.Nfs(var server, var path, var readOnly) ->
                    volume.setNfs(
                            new NFSVolumeSource(path, readOnly ? Boolean.TRUE : null, server));
            case Volume.Image(var image) -> {
                var made = new ImageVolumeSource();
                made.setReference(image.reference());
                ContainerMaker.pullPolicy(image).ifPresent(made::setPullPolicy);
                volume.setImage(made);
            }
        }
    }

    /// Only secrets leave the mode of a file to the volume.
    private static int usualMode(List<Volume.Part> parts) {
        return parts.stream()
                .filter(Volume.Part.Keys.class::isInstance)
                .map(part -> ((Volume.Part.Keys) part).secret().defaultMode())
                .findFirst()
                .orElse(USUAL_MODE);
    }

    private VolumeProjection projection(Volume.Part part, int usual) {
        var made = new VolumeProjection();
        switch (part) {
            case Volume.Part.Files(var map) -> {
                var source = new ConfigMapProjection();
                var whole = configMap(map);
                source.setName(whole.getName());
                source.setOptional(whole.getOptional());
                source.setItems(withModes(whole, map, usual));
                made.setConfigMap(source);
            }
            case Volume.Part.Keys(var secret) -> {
                var source = new SecretProjection();
                var whole = secret(secret);
                source.setName(whole.getSecretName());
                source.setOptional(whole.getOptional());
                source.setItems(whole.getItems());
                made.setSecret(source);
            }
            case Volume.Part.About(var files) ->
                    made.setDownwardAPI(DownwardMaker.files(files, usual));
        }
        return made;
    }

    private List<KeyToPath> withModes(
            ConfigMapVolumeSource whole, Volume.ConfigMap map, int usual) {
        var files = map.files();
        var items = whole.getItems();
        if (files.isEmpty()
                || (items.isEmpty() && files.stream().allMatch(f -> f.mode() == usual))) {
            return items;
        }
        return files.stream()
                .map(file ->
                        item(
                                configMaps.keyOf(whole.getName(), file),
                                file.path(),
                                file.mode() == usual ? Optional.empty() : Optional.of(file.mode())))
                .toList();
    }

    private HostPathVolumeSource hostPath(Volume.HostPath source) {
        var made = new HostPathVolumeSource();
        made.setPath(source.path().toString());
        var type =
                switch (source.type()) {
                    case ANY -> "";
                    case DIRECTORY -> "Directory";
                    case DIRECTORY_OR_CREATE -> "DirectoryOrCreate";
                    case FILE -> "File";
                    case FILE_OR_CREATE -> "FileOrCreate";
                    case SOCKET -> "Socket";
                    case CHAR_DEVICE -> "CharDevice";
                    case BLOCK_DEVICE -> "BlockDevice";
                };
        if (!type.isEmpty()) {
            made.setType(type);
        }
        return made;
    }

    private static EmptyDirVolumeSource emptyDir(Volume.EmptyDir source) {
        var made = new EmptyDirVolumeSource();
        if (source.inMemory()) {
            made.setMedium("Memory");
        }
        source.sizeLimit().ifPresent(bytes -> made.setSizeLimit(Amounts.bytes(bytes)));
        return made;
    }

    /// A secret without keys as one file; its mount points at that by `subPath`.
    private SecretVolumeSource secretFile(Volume.SecretFile source) {
        if (source.uid() != 0 || source.gid() != 0) {
            losses.note(
                    owner,
                    "secret '"
                            + source.secret()
                            + "' belongs to root, not to "
                            + source.uid()
                            + ":"
                            + source.gid());
        }
        var made = new SecretVolumeSource();
        made.setSecretName(Secrets.nameOf(source.secret()));
        var key = Secrets.wholeKey(source.secret());
        made.setItems(List.of(item(key, key, Optional.empty())));
        mode(source.mode()).ifPresent(made::setDefaultMode);
        return made;
    }

    private static SecretVolumeSource secret(Volume.Secret source) {
        var made = new SecretVolumeSource();
        made.setSecretName(Secrets.nameOf(source.secretName()));
        mode(source.defaultMode()).ifPresent(made::setDefaultMode);
        if (source.optional()) {
            made.setOptional(true);
        }
        var items = new ArrayList<KeyToPath>();
        for (var each : source.items()) {
            var mode =
                    each.mode().isPresent()
                            ? Optional.of(each.mode().getAsInt())
                            : Optional.<Integer>empty();
            items.add(item(each.key(), each.path(), mode));
        }
        made.setItems(items);
        return made;
    }

    private static KeyToPath item(String key, String path, Optional<Integer> mode) {
        var item = new KeyToPath();
        item.setKey(key);
        item.setPath(path);
        mode.ifPresent(item::setMode);
        return item;
    }

    private static Optional<Integer> mode(int mode) {
        return mode == USUAL_MODE ? Optional.empty() : Optional.of(mode & 0777);
    }

    private ConfigMapVolumeSource configMap(Volume.ConfigMap source) {
        var made = new ConfigMapVolumeSource();
        made.setName(KubeNames.subdomains().fit(source.configMapName()));
        var files = source.files();
        if (files.isEmpty()) {
            // the reader takes no items for all of them
            made.setOptional(true);
            if (configMaps.size(made.getName()) > 0) {
                made.setItems(List.of(item("none", "none", Optional.empty())));
            }
            return made;
        }
        int usual = files.getFirst().mode();
        boolean even = files.stream().allMatch(file -> file.mode() == usual);
        if (even) {
            mode(usual).ifPresent(made::setDefaultMode);
        }
        if (!even || !isWhole(made.getName(), files)) {
            made.setItems(
                    files.stream()
                            .map(file ->
                                    item(
                                            configMaps.keyOf(made.getName(), file),
                                            file.path(),
                                            even ? Optional.empty() : mode(file.mode())))
                            .toList());
        }
        return made;
    }

    /// Whether the files are just the ConfigMap's keys, in the order in which they come.
    private boolean isWhole(String name, List<Volume.FileContent> files) {
        var paths = files.stream().map(Volume.FileContent::path).toList();
        return configMaps.size(name) == files.size()
                && paths.equals(paths.stream().sorted().toList())
                && files.stream().allMatch(f -> configMaps.keyOf(name, f).equals(f.path()));
    }

    List<io.fabric8.kubernetes.api.model.VolumeMount> mounts(
            List<VolumeMount> mounts, String container, boolean privileged) {
        return mounts.stream().map(mount -> mount(mount, container, privileged)).toList();
    }

    private io.fabric8.kubernetes.api.model.VolumeMount mount(
            VolumeMount mount, String container, boolean privileged) {
        var made = new io.fabric8.kubernetes.api.model.VolumeMount();
        made.setName(mount.volume());
        made.setMountPath(mount.mountPath());
        mount.subPath().ifPresent(made::setSubPath);
        if (sources.get(mount.volume()) instanceof Volume.SecretFile file) {
            made.setSubPath(Secrets.wholeKey(file.secret()));
        }
        if (mount.readOnly()) {
            made.setReadOnly(true);
        }
        if (mount.recursiveReadOnly()) {
            made.setRecursiveReadOnly("IfPossible");
        }
        if (sources.get(mount.volume()) instanceof Volume.Tmpfs tmpfs) {
            memory(tmpfs, made, container);
        }
        mount.flags().stream()
                .filter(flag -> flag.equals("noexec") || flag.equals("U"))
                .map(flag -> "'" + flag + "' of the mount at " + mount.mountPath())
                .forEach(loss -> losses.note(container, loss));
        if (mount.copyUp()) {
            losses.note(
                    container,
                    "a new volume at "
                            + mount.mountPath()
                            + " begins empty, without the image's files of that place");
        }
        propagation(mount, made, container, privileged);
        return made;
    }

    private void propagation(
            VolumeMount mount,
            io.fabric8.kubernetes.api.model.VolumeMount made,
            String container,
            boolean privileged) {
        switch (mount.propagation()) {
            case RPRIVATE -> {}
            case RSLAVE -> made.setMountPropagation("HostToContainer");
            case RSHARED -> {
                if (privileged) {
                    made.setMountPropagation("Bidirectional");
                } else {
                    losses.note(
                            container,
                            "shared propagation of "
                                    + mount.mountPath()
                                    + " is for privileged containers only");
                }
            }
        }
    }

    private void memory(
            Volume.Tmpfs source,
            io.fabric8.kubernetes.api.model.VolumeMount made,
            String container) {
        if (source.options().contains("ro")) {
            made.setReadOnly(true);
        }
        var lost =
                source.options().stream()
                        .filter(option -> !option.matches("size=[0-9]+"))
                        .filter(option -> !OF_ALL_MEMORY.contains(option))
                        .toList();
        if (!lost.isEmpty()) {
            losses.note(
                    container,
                    "'%s' of the memory at %s"
                            .formatted(String.join(",", lost), made.getMountPath()));
        }
    }
}
