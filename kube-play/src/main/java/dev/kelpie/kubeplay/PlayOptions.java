package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PortMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the command line adds to the manifests.
///
/// @param network `--network`; absent: the default network, or the host's where the pod says so
/// @param publish `--publish`; a port of the YAML that lies in a published range is dropped
/// @param publishAll publish a `containerPort` without `hostPort` under its own number
/// @param annotations `--annotation`, added to every pod
/// @param seccompProfileRoot `--seccomp-profile-root`, the folder that `localhostProfile` is in
/// @param noPodPrefix name a container `CTR` instead of `POD-CTR` (init containers keep the prefix)
public record PlayOptions(
        Validation validation,
        Optional<PodNetwork.Mode> network,
        List<PortMapping> publish,
        boolean publishAll,
        Map<String, String> annotations,
        boolean noPodPrefix,
        Path seccompProfileRoot) {

    /// The kubelet's folder of seccomp profiles.
    public static final Path SECCOMP_PROFILES = Path.of("/var/lib/kubelet/seccomp");

    /// Strict, and nothing added.
    public static final PlayOptions DEFAULT =
            new PlayOptions(
                    Validation.STRICT,
                    Optional.empty(),
                    List.of(),
                    false,
                    Map.of(),
                    false,
                    SECCOMP_PROFILES);

    public PlayOptions {
        publish = List.copyOf(publish);
        annotations = Map.copyOf(annotations);
    }

    public PlayOptions withValidation(Validation other) {
        return new PlayOptions(
                other, network, publish, publishAll, annotations, noPodPrefix, seccompProfileRoot);
    }

    public PlayOptions withNetwork(PodNetwork.Mode mode) {
        return new PlayOptions(
                validation,
                Optional.of(mode),
                publish,
                publishAll,
                annotations,
                noPodPrefix,
                seccompProfileRoot);
    }

    public PlayOptions withPublish(List<PortMapping> ports) {
        return new PlayOptions(
                validation,
                network,
                ports,
                publishAll,
                annotations,
                noPodPrefix,
                seccompProfileRoot);
    }
}
