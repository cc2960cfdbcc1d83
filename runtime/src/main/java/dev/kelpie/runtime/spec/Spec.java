package dev.kelpie.runtime.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The whole of `config.json`.
public record Spec(
        String ociVersion,
        OciProcess process,
        Root root,
        Optional<String> hostname,
        List<Mount> mounts,
        Map<String, String> annotations,
        Linux linux,
        Optional<Hooks> hooks) {

    /// The version written: crun before 1.14.3 refuses everything that does not contain "1.0".
    public static final String VERSION = "1.0.2";

    public Spec {
        mounts = List.copyOf(mounts);
        annotations = Map.copyOf(annotations);
    }

    /// The same with other annotations.
    public Spec annotatedWith(Map<String, String> others) {
        return new Spec(ociVersion, process, root, hostname, mounts, others, linux, hooks);
    }

    /// The same with its root and what is mounted by other paths to the same.
    public Spec lyingAt(Root otherRoot, List<Mount> otherMounts) {
        return new Spec(
                ociVersion, process, otherRoot, hostname, otherMounts, annotations, linux, hooks);
    }

    /// The container's root filesystem; `path` is absolute or relative to the bundle.
    public record Root(String path, boolean readonly) {}
}
