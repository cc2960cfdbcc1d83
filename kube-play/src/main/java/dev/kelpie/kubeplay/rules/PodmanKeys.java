package dev.kelpie.kubeplay.rules;

import java.util.List;

/// The annotations by which Podman is told of what Kubernetes has no field for, as far as we do as
/// they say. Those that end in `/` are followed by the name of a container.
public final class PodmanKeys {
    public static final String OF_PODMAN = "io.podman.annotations.";
    private static final List<String> ALL =
            List.of(
                    OF_PODMAN,
                    "io.containers.",
                    "bind-mount-options",
                    "seccomp.security.alpha.kubernetes.io/",
                    "container.seccomp.security.alpha.kubernetes.io/",
                    "container.apparmor.security.beta.kubernetes.io/",
                    "run.oci.");

    public static final String ULIMIT = "io.podman.annotations.ulimit";
    public static final String INFRA_NAME = "io.podman.annotations.infra.name";
    public static final String PIDS_LIMIT = "io.podman.annotations.pids-limit/";
    public static final String CPUSET = "io.podman.annotations.cpuset/";
    public static final String MEMORY_NODES = "io.podman.annotations.memory-nodes/";
    public static final String INIT = "io.podman.annotations.init/";
    public static final String AUTO_REMOVE = "io.podman.annotations.autoremove/";
    public static final String VOLUMES_FROM = "io.podman.annotations.volumes-from/";
    public static final String IMAGE_VOLUMES = "io.podman.annotations.kube.image.volumes.mount/";
    public static final String AUTOUPDATE = "io.containers.autoupdate";
    public static final String AUTH_FILE = "io.containers.autoupdate.authfile";
    public static final String POD_SECCOMP = "seccomp.security.alpha.kubernetes.io/pod";
    public static final String SECCOMP = "container.seccomp.security.alpha.kubernetes.io/";
    public static final String APPARMOR = "container.apparmor.security.beta.kubernetes.io/";

    private PodmanKeys() {}

    /// Whether an annotation says how containers run.
    public static boolean isOne(String key) {
        return ALL.stream().anyMatch(key::startsWith);
    }
}
