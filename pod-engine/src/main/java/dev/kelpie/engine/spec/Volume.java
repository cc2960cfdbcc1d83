package dev.kelpie.engine.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/// A volume of a pod, by the name under which its containers mount it.
public record Volume(String name, Source source) {

    /// Where a volume's content lies.
    public sealed interface Source {}

    /// A path of the host, used as it is.
    public record HostPath(Path path, HostPathType type) implements Source {}

    /// A directory that lives and dies with the pod and that no other pod sees.
    ///
    /// @param inMemory on a tmpfs, shared by all containers of the pod
    /// @param sizeLimit bytes; enforced for memory, noted otherwise
    public record EmptyDir(boolean inMemory, OptionalLong sizeLimit) implements Source {}

    /// A file system in memory that one container has for itself, anew at each of its starts.
    ///
    /// @param options as the OCI runtime reads them: `size=65536`, `mode=700`, `nosuid`,
    ///   `tmpcopyup`; and `U`: it belongs to the container's user
    public record Tmpfs(List<String> options) implements Source {
        public Tmpfs {
            options = List.copyOf(options);
        }

        /// The size in bytes, where one is given as such.
        public OptionalLong size() {
            return options.stream()
                    .filter(option -> option.matches("size=[0-9]{1,18}"))
                    .mapToLong(option -> Long.parseLong(option.substring(5)))
                    .findFirst();
        }
    }

    /// A volume of the engine that outlives the pod, made on first use.
    public record Named(String claimName) implements Source {}

    /// One secret as one file (`--secret NAME`).
    ///
    /// @param mode of the file, as chmod(2) has it
    public record SecretFile(String secret, int uid, int gid, int mode) implements Source {}

    /// The keys of a Kubernetes Secret as files in memory, those of `items` or all of them.
    ///
    /// @param defaultMode of files whose item says none
    /// @param optional without the secret or a key of `items` there is no file; else that is an
    ///   error
    public record Secret(
            String secretName, List<KeyToPath> items, int defaultMode, boolean optional)
            implements Source {
        public Secret {
            items = List.copyOf(items);
        }
    }

    /// Which key of a Secret lies where in the volume.
    public record KeyToPath(String key, String path, OptionalInt mode) {}

    /// Files whose content stands in the manifests: a Kubernetes ConfigMap.
    ///
    /// @param selection what becomes files of it, where they follow a change of the ConfigMap
    public record ConfigMap(
            String configMapName, List<FileContent> files, Optional<Selection> selection)
            implements Source {
        public ConfigMap {
            files = List.copyOf(files);
        }

        /// Files that stay as they are.
        public static ConfigMap fixed(String configMapName, List<FileContent> files) {
            return new ConfigMap(configMapName, files, Optional.empty());
        }

        /// The same with the files of other contents; fixed ones stay.
        public ConfigMap renewed(Map<String, String> contents) {
            return new ConfigMap(
                    configMapName,
                    selection.map(some -> some.files(contents)).orElse(files),
                    selection);
        }
    }

    /// Which keys of a ConfigMap become files, and where: those of `items` or all of them.
    ///
    /// @param defaultMode of files whose item says none
    public record Selection(List<KeyToPath> items, int defaultMode, boolean optional) {
        public Selection {
            items = List.copyOf(items);
        }

        /// The files of these contents, which are in base64 by their keys; of a key that is missing
        /// there is none.
        public List<FileContent> files(Map<String, String> contents) {
            if (items.isEmpty()) {
                return new TreeMap<>(contents)
                        .entrySet().stream()
                                .map(entry ->
                                        new FileContent(
                                                entry.getKey(), entry.getValue(), defaultMode))
                                .toList();
            }
            return items.stream()
                    .filter(item -> contents.containsKey(item.key()))
                    .map(item ->
                            new FileContent(
                                    item.path(),
                                    contents.getOrDefault(item.key(), ""),
                                    item.mode().orElse(defaultMode)))
                    .toList();
        }

        /// The keys that must be there and are not.
        public List<String> missing(Map<String, String> contents) {
            return optional
                    ? List.of()
                    : items.stream()
                            .map(KeyToPath::key)
                            .filter(key -> !contents.containsKey(key))
                            .toList();
        }
    }

    /// Several of them in one directory (Kubernetes' `projected` and `downwardAPI`).
    public record Projected(List<Part> parts) implements Source {
        public Projected {
            parts = List.copyOf(parts);
        }
    }

    /// What lies in a projected volume; of two files of one path the later part's counts.
    public sealed interface Part {

        /// Files of a ConfigMap.
        record Files(ConfigMap configMap) implements Part {}

        /// Files of a secret.
        record Keys(Secret secret) implements Part {}

        /// Files about the pod itself.
        record About(List<FactFile> files) implements Part {
            public About {
                files = List.copyOf(files);
            }
        }
    }

    /// A file that tells something of the pod.
    public record FactFile(String path, Downward value, int mode) {}

    /// The files of an image, read only.
    public record Image(ImageSource image) implements Source {}

    /// A directory that another machine shows by NFS.
    ///
    /// @param server its name or address
    /// @param path absolute, as the server calls it
    public record Nfs(String server, String path, boolean readOnly) implements Source {

        /// `nas.example.org:/exports/data`, as mount(8) takes it.
        public String device() {
            return (server.indexOf(':') < 0 ? server : "[" + server + "]") + ":" + path;
        }
    }

    /// A file of a volume.
    ///
    /// @param path within the volume
    /// @param base64 its bytes
    public record FileContent(String path, String base64, int mode) {}

    /// What a host path must be, or be made, before the pod starts (Kubernetes `HostPathType`).
    public enum HostPathType {
        /// It must exist, be it what it may.
        ANY,
        DIRECTORY,
        DIRECTORY_OR_CREATE,
        FILE,
        FILE_OR_CREATE,
        SOCKET,
        CHAR_DEVICE,
        BLOCK_DEVICE
    }
}
