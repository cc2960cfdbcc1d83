package dev.kelpie.kubeplay.support;

import dev.kelpie.engine.spec.InitOnce;
import dev.kelpie.engine.spec.PodUsersSyntax;
import dev.kelpie.kubeplay.report.Verdict;
import dev.kelpie.kubeplay.rules.PodmanKeys;
import dev.kelpie.kubeplay.support.Judge.Judgement;
import dev.kelpie.kubeplay.yaml.Mapping;
import dev.kelpie.kubeplay.yaml.Node;
import dev.kelpie.kubeplay.yaml.Node.Scalar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What becomes of the annotations by which Podman, and formerly Kubernetes, is told how containers
/// run. Any other is kept, and means nothing.
public final class AnnotationJudge {

    private static final String OF_PODMAN = PodmanKeys.OF_PODMAN;
    private static final Map<String, String> HONOURED =
            Map.ofEntries(
                    Map.entry(PodUsersSyntax.ANNOTATION, "user namespace, as `--userns`"),
                    Map.entry(PodmanKeys.ULIMIT, "as `--ulimit` of every container"),
                    Map.entry(PodmanKeys.INFRA_NAME, "the name of the infra container"),
                    Map.entry(PodmanKeys.PIDS_LIMIT, "as `--pids-limit`"),
                    Map.entry(PodmanKeys.CPUSET, "as `--cpuset-cpus`"),
                    Map.entry(PodmanKeys.MEMORY_NODES, "as `--cpuset-mems`"),
                    Map.entry(PodmanKeys.INIT, "as `--init`"),
                    Map.entry(PodmanKeys.AUTO_REMOVE, "as `--rm`"),
                    Map.entry(
                            PodmanKeys.VOLUMES_FROM,
                            "the volumeMounts of containers of the pod that come before"),
                    Map.entry(
                            InitOnce.ANNOTATION,
                            "`once`: what has ended well is not run at the next start of the pod"),
                    Map.entry(
                            PodmanKeys.IMAGE_VOLUMES,
                            "the volumes that local images declare, read-only at their paths"),
                    Map.entry(PodmanKeys.AUTOUPDATE, "a label of the containers"),
                    Map.entry(PodmanKeys.POD_SECCOMP, "as `seccompProfile`"),
                    Map.entry(PodmanKeys.SECCOMP, "as `seccompProfile`"),
                    Map.entry(PodmanKeys.APPARMOR, "as `appArmorProfile`"),
                    Map.entry("run.oci.", "given to the OCI runtime"));
    private static final Map<String, String> WITHOUT_EFFECT =
            Map.ofEntries(
                    Map.entry(
                            OF_PODMAN + "kube.health.check",
                            "Podman's own note on whose a health check is"),
                    Map.entry(OF_PODMAN + "seccomp", "Podman records it only"),
                    Map.entry(OF_PODMAN + "apparmor", "Podman records it only"),
                    Map.entry(OF_PODMAN + "cid-file", "Podman records it only"),
                    Map.entry(OF_PODMAN + "publish-all", "Podman records it only"),
                    Map.entry(
                            OF_PODMAN + "privileged",
                            "not read by Podman: use securityContext.privileged"),
                    Map.entry(OF_PODMAN + "autoremove-image", "not read by Podman"),
                    Map.entry(OF_PODMAN + "checkpoint.", "of checkpoint images only"),
                    Map.entry("bind-mount-options", "volumes are not relabelled"));
    private static final Map<String, String> LATER =
            Map.ofEntries(
                    Map.entry(OF_PODMAN + "label", "use securityContext.seLinuxOptions"),
                    Map.entry(
                            "io.containers.sdnotify",
                            "a unit is ready when the containers of its pods run, as `conmon`"));

    private AnnotationJudge() {}

    static Optional<Judgement> annotation(Mapping.Entry field, List<Mapping> around) {
        return judgement(field.key(), text(field.value()));
    }

    /// Why an annotation of the command line is not done as it says.
    public static Optional<String> refusal(String key, String text) {
        return judgement(key, text)
                .filter(found -> found.verdict() == Verdict.NOT_SUPPORTED)
                .map(Judgement::reason);
    }

    private static Optional<Judgement> judgement(String key, String text) {
        if (!PodmanKeys.isOne(key) && !key.startsWith("volume.podman.io/")) {
            return Optional.empty();
        }
        if (text.isEmpty() || text.equalsIgnoreCase("false") || isUsual(key, text)) {
            return Optional.of(new Judgement(Verdict.NO_EFFECT, "it asks for nothing"));
        }
        return found(HONOURED, key, Verdict.HONOURED)
                .or(() -> found(WITHOUT_EFFECT, key, Verdict.NO_EFFECT))
                .or(() -> found(LATER, key, Verdict.NOT_SUPPORTED))
                .or(() ->
                        Optional.of(
                                new Judgement(
                                        Verdict.NOT_SUPPORTED,
                                        "an annotation by which Podman changes how containers"
                                                + " run")));
    }

    /// What is so anyway.
    private static boolean isUsual(String key, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "always" -> key.equals(InitOnce.ANNOTATION);
            case "ignore", "conmon" -> key.startsWith("io.containers.sdnotify");
            case "disable" -> key.startsWith(OF_PODMAN + "label/");
            default -> false;
        };
    }

    private static Optional<Judgement> found(
            Map<String, String> reasons, String key, Verdict verdict) {
        return reasons.entrySet().stream()
                .filter(entry -> isOf(key, entry.getKey()))
                .findFirst()
                .map(entry -> new Judgement(verdict, entry.getValue()));
    }

    /// A key stands for itself, for those of single containers, and where it ends in a stop for all
    /// that begin so.
    private static boolean isOf(String key, String entry) {
        var begins = entry.endsWith("/") || entry.endsWith(".") ? entry : entry + "/";
        return key.equals(entry)
                || key.startsWith(begins)
                || (entry.equals(PodmanKeys.AUTOUPDATE) && key.startsWith(PodmanKeys.AUTH_FILE));
    }

    private static String text(Node node) {
        return node instanceof Scalar scalar && !scalar.absent() ? scalar.text() : "";
    }
}
