package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.fault.SecretException;
import dev.kelpie.engine.fault.SecretNotFoundException;
import dev.kelpie.engine.secret.SecretReader;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.runtime.kernel.RootedDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// What containers see of secrets, ConfigMaps and the pod itself as files. Those of secrets lie in
/// a file system in memory, one for each pod, that goes with the pod's sandbox. They are brought up
/// to date whenever a container of the pod is started, and when what they show changes.
public final class SecretVolumes {

    /// More than the secrets of any pod, less than would hurt.
    private static final long MOST_BYTES = 64L << 20;

    private final EngineFiles files;
    private final SecretReader secrets;
    private final HostKernel kernel;
    private final PodFacts facts;
    private final VolumeOwnership ownership;
    private final ReentrantLock mounting = new ReentrantLock();

    public SecretVolumes(
            EngineFiles files, SecretReader secrets, HostKernel kernel, PodFacts facts) {
        this.facts = facts;
        this.files = files;
        this.secrets = secrets;
        this.kernel = kernel;
        this.ownership = new VolumeOwnership(kernel);
    }

    /// Brings the pod's volumes of this kind to what they should hold now; its sandbox is there.
    public void write(PodRow pod) throws InterruptedException {
        try {
            for (var volume : pod.spec().volumes()) {
                if (volume.source() instanceof Volume.Secret source) {
                    secret(pod, volume, source);
                } else if (volume.source() instanceof Volume.ConfigMap(_, var contents, _)) {
                    var directory = files.configMap(pod.id(), volume.name());
                    Files.createDirectories(directory);
                    fill(
                            pod,
                            volume,
                            directory,
                            contents.stream().map(SecretVolumes::content).toList());
                } else if (volume.source() instanceof Volume.Projected source) {
                    projected(pod, volume, source);
                }
            }
        } catch (IOException e) {
            throw new EngineIoException("cannot fill the volumes of '" + pod.name() + "'", e);
        }
    }

    /// Whether a pod has files of that secret that follow it.
    public static boolean shows(PodSpec pod, String secret) {
        return pod.volumes().stream()
                .map(Volume::source)
                .anyMatch(source ->
                        switch (source) {
                            case Volume.Secret one -> one.secretName().equals(secret);
                            case Volume.Projected(var parts) ->
                                    parts.stream()
                                            .anyMatch(part ->
                                                    part instanceof Volume.Part.Keys(var one)
                                                            && one.secretName().equals(secret));
                            default -> false;
                        });
    }

    /// Whether there is anything for `write` to do.
    public static boolean hasFiles(PodSpec pod) {
        return pod.volumes().stream()
                .map(Volume::source)
                .anyMatch(source ->
                        source instanceof Volume.Secret
                                || source instanceof Volume.ConfigMap
                                || source instanceof Volume.Projected);
    }

    /// New files belong to whom they should before containers see them.
    private void fill(
            PodRow pod, Volume volume, Path directory, List<ProjectedFiles.Content> contents)
            throws IOException {
        ProjectedFiles.write(
                directory, contents, fresh -> ownership.give(pod.spec(), volume, fresh));
        ownership.give(pod.spec(), volume, directory);
    }

    private static ProjectedFiles.Content content(Volume.FileContent file) {
        var bytes = Base64.getDecoder().decode(file.base64());
        return new ProjectedFiles.Content(file.path(), bytes, file.mode());
    }

    private void secret(PodRow pod, Volume volume, Volume.Secret source)
            throws IOException, InterruptedException {
        var directory = files.secretVolume(pod.id(), volume.name());
        if (isKept(source, directory)) {
            return;
        }
        var contents = contents(source);
        memory(pod.id());
        Files.createDirectories(directory);
        fill(pod, volume, directory, contents);
    }

    /// A secret that was removed while the pod runs: it keeps what it has, as under the kubelet.
    private boolean isKept(Volume.Secret source, Path directory) {
        return !source.optional()
                && secrets.find(source.secretName()).isEmpty()
                && Files.isDirectory(directory);
    }

    private List<ProjectedFiles.Content> contents(Volume.Secret source)
            throws InterruptedException {
        var row = secrets.find(source.secretName());
        if (row.isEmpty() && !source.optional()) {
            throw new SecretNotFoundException(source.secretName());
        }
        var keys = row.isEmpty() ? Map.<String, byte[]>of() : secrets.keysOfKubeSecret(row.get());
        return projected(source, keys);
    }

    /// Where a projected volume lies: in memory of its own when secrets are in it.
    static Path directory(EngineFiles files, PodRow pod, String volume, Volume.Projected source) {
        var secret = source.parts().stream().anyMatch(Volume.Part.Keys.class::isInstance);
        return secret ? files.secretVolume(pod.id(), volume) : files.configMap(pod.id(), volume);
    }

    private void projected(PodRow pod, Volume volume, Volume.Projected source)
            throws IOException, InterruptedException {
        var directory = directory(files, pod, volume.name(), source);
        var byPath = new java.util.LinkedHashMap<String, ProjectedFiles.Content>();
        for (var part : source.parts()) {
            if (part instanceof Volume.Part.Keys(var secret)) {
                if (isKept(secret, directory)) {
                    return;
                }
                memory(pod.id());
            }
            contents(pod, part).forEach(content -> byPath.put(content.path(), content));
        }
        Files.createDirectories(directory);
        fill(pod, volume, directory, List.copyOf(byPath.values()));
    }

    private List<ProjectedFiles.Content> contents(PodRow pod, Volume.Part part)
            throws InterruptedException {
        return switch (part) {
            case Volume.Part.Files(var configMap) ->
                    configMap.files().stream().map(SecretVolumes::content).toList();
            case Volume.Part.Keys(var secret) -> contents(secret);
            case Volume.Part.About(var about) ->
                    about.stream()
                            .map(file ->
                                    new ProjectedFiles.Content(
                                            file.path(),
                                            facts.of(pod, file.value())
                                                    .getBytes(StandardCharsets.UTF_8),
                                            file.mode()))
                            .toList();
        };
    }

    private static List<ProjectedFiles.Content> projected(
            Volume.Secret source, Map<String, byte[]> keys) {
        var contents = new ArrayList<ProjectedFiles.Content>();
        if (source.items().isEmpty()) {
            keys.forEach((key, bytes) ->
                    contents.add(new ProjectedFiles.Content(key, bytes, source.defaultMode())));
        }
        for (var item : source.items()) {
            var bytes = keys.get(item.key());
            if (bytes != null) {
                var mode = item.mode().orElse(source.defaultMode());
                contents.add(new ProjectedFiles.Content(item.path(), bytes, mode));
            } else if (!source.optional()) {
                throw new SecretException(
                        "secret " + source.secretName() + " has not " + item.key() + " key");
            }
        }
        return contents;
    }

    /// The file of a secret that one container mounts, written anew.
    Path file(PodRow pod, ContainerRow container, Volume volume, Volume.SecretFile source)
            throws IOException, InterruptedException {
        var bytes = secrets.content(secrets.row(source.secret()));
        memory(pod.id());
        var directory = files.secretFiles(pod.id(), container.id());
        Files.createDirectories(directory);
        try (var root = RootedDirectory.open(directory)) {
            root.deleteTree(volume.name());
            try (var channel = root.createFile(volume.name(), source.mode())) {
                var buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            if (source.uid() != 0 || source.gid() != 0) {
                root.changeOwner(volume.name(), source.uid(), source.gid());
                root.changeMode(volume.name(), source.mode());
            }
        }
        return directory.resolve(volume.name());
    }

    private void memory(String pod) throws IOException, InterruptedException {
        mounting.lockInterruptibly();
        try {
            Files.createDirectories(files.secretMemory(pod));
            kernel.memory(files.secretMemory(pod), MOST_BYTES);
        } finally {
            mounting.unlock();
        }
    }

    /// Readies the bundle of a container whose environment holds secrets: `config.json` has it in
    /// clear, and so have the OCI runtime's records, which are kept in there.
    public void bundle(Path bundle) throws IOException {
        Files.createDirectories(bundle);
        kernel.memory(bundle, MOST_BYTES);
    }

    /// Takes away what one container had.
    public void forget(ContainerRow container) throws IOException {
        kernel.removeTree(files.secretFiles(container.pod(), container.id()));
    }
}
