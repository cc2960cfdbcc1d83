package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PodPolicy;
import dev.kelpie.engine.spec.PodSharing;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.kubeplay.rules.PodmanKeys;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Makes pod specs of manifests that were found right.
final class PodMapper {

    private static final long DEFAULT_GRACE = 30;
    private static final long MAX_GRACE = Duration.ofDays(3650).toSeconds();

    private final PlayOptions options;
    private final ConfigMaps configMaps;
    private final NetworkMapper networks;
    private final BlockClaims blocks;

    PodMapper(PlayOptions options, ConfigMaps configMaps, BlockClaims blocks) {
        this.blocks = blocks;
        this.options = options;
        this.configMaps = configMaps;
        this.networks = new NetworkMapper(options);
    }

    /// @param name of the pod, one of those of the manifest
    PodSpec pod(Manifest manifest, String name) {
        var spec = manifest.podSpec();
        var metadata = metadata(manifest, name);
        var policy = policy(spec);
        var downward = new DownwardMapper(metadata, spec);
        var volumes = new VolumeMapper(manifest, name, configMaps, downward, blocks);
        var containers =
                new ContainerMapper(
                        spec,
                        metadata,
                        policy,
                        options,
                        volumes,
                        new EnvMapper(configMaps, downward));
        var automatic = new AutoMounts(metadata.annotations(), volumes.volumes());
        var shared = new VolumesFrom(metadata.annotations());
        return new PodSpec(
                metadata,
                spec.mappings("initContainers").stream()
                        .map(containers::initContainer)
                        .map(automatic::of)
                        .map(shared::of)
                        .toList(),
                spec.mappings("containers").stream()
                        .map(containers::container)
                        .map(automatic::of)
                        .map(shared::of)
                        .toList(),
                automatic.and(volumes.volumes()),
                networks.network(manifest, name),
                new PodmanAnnotations(metadata.annotations(), options.seccompProfileRoot())
                        .of(sharing(spec, metadata)),
                policy,
                SecurityMapper.podSecurity(spec.mapping("securityContext")));
    }

    /// The annotations of a manifest's pods, as they are written and given.
    static Map<String, String> annotations(Manifest manifest, PlayOptions options) {
        var written = manifest.template().mapping("metadata");
        var annotations = new HashMap<>(written.textMap("annotations"));
        manifest.document()
                .mapping("metadata")
                .textMap("annotations")
                .forEach((key, text) -> {
                    if (PodmanKeys.isOne(key)) {
                        annotations.putIfAbsent(key, text); // Podman reads those of the workload
                    }
                });
        annotations.putAll(options.annotations());
        return annotations;
    }

    private Metadata metadata(Manifest manifest, String name) {
        var written = manifest.template().mapping("metadata");
        var annotations = new HashMap<>(annotations(manifest, options));
        annotations.putAll(Jobs.annotations(manifest, name));
        var labels = new HashMap<>(written.textMap("labels"));
        labels.putAll(labelsOf(manifest, name));
        return new Metadata(manifest.namespace(), name, labels, annotations);
    }

    /// What the controllers of Kubernetes write on their pods, and others look for.
    private static Map<String, String> labelsOf(Manifest manifest, String name) {
        return switch (manifest.kind()) {
            case Manifest.STATEFUL_SET ->
                    Map.of(
                            "statefulset.kubernetes.io/pod-name",
                            name,
                            "apps.kubernetes.io/pod-index",
                            name.substring(manifest.name().length() + 1));
            case Manifest.JOB ->
                    Map.of(
                            "job-name",
                            manifest.name(),
                            "batch.kubernetes.io/job-name",
                            manifest.name());
            default -> Map.of();
        };
    }

    private static PodSharing sharing(Mapping spec, Metadata metadata) {
        return new PodSharing(
                true,
                spec.flag("shareProcessNamespace"),
                spec.flag("hostPID"),
                spec.flag("hostIPC"),
                Optional.empty(),
                UsersMapper.users(spec, metadata.name(), metadata.annotations()));
    }

    private static PodPolicy policy(Mapping spec) {
        var restart = restartPolicy(spec.text("restartPolicy").orElse(""));
        var grace = spec.number("terminationGracePeriodSeconds").orElse(DEFAULT_GRACE);
        var deadline = spec.number("activeDeadlineSeconds");
        return new PodPolicy(
                restart,
                Duration.ofSeconds(Math.min(grace, MAX_GRACE)),
                true,
                deadline.isPresent()
                        ? Optional.of(Duration.ofSeconds(deadline.getAsLong()))
                        : Optional.empty(),
                spec.mappings("readinessGates").stream()
                        .flatMap(gate -> gate.word("conditionType").stream())
                        .toList(),
                DemandsMapper.demands(spec),
                spec.mappings("schedulingGates").stream()
                        .flatMap(gate -> gate.word("name").stream())
                        .toList(),
                Optional.of(!spec.has("enableServiceLinks") || spec.flag("enableServiceLinks")));
    }

    static RestartPolicy restartPolicy(String word) {
        return switch (word) {
            case "OnFailure" -> RestartPolicy.ON_FAILURE;
            case "Never" -> RestartPolicy.NEVER;
            default -> RestartPolicy.ALWAYS;
        };
    }
}
