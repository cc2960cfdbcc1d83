package dev.kelpie.kubeplay.support;

import dev.kelpie.kubeplay.report.Verdict;
import dev.kelpie.kubeplay.rules.DeviceKeys;
import dev.kelpie.kubeplay.support.Judge.Judgement;
import dev.kelpie.kubeplay.yaml.Mapping;
import dev.kelpie.kubeplay.yaml.Node;
import dev.kelpie.kubeplay.yaml.Node.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The verdicts that depend on a field's value.
final class Judges {

    private static final Set<String> MEDIA = Set.of("", "Memory");

    private Judges() {}

    /// Those of Podman that say where a volume lies are read, others of its are still to come.
    static Optional<Judgement> claimAnnotation(Mapping.Entry field, List<Mapping> around) {
        var read =
                Set.of("type", "device", "mount-options", "uid", "gid").stream()
                        .anyMatch(name -> field.key().equals("volume.podman.io/" + name));
        var local =
                field.key().equals("volume.podman.io/driver")
                        && text(field.value()).equals("local");
        return read || local ? Optional.empty() : AnnotationJudge.annotation(field, around);
    }

    /// A volume is a directory.
    static Optional<Judgement> volumePath(Mapping.Entry field, List<Mapping> around) {
        var block =
                around.stream()
                        .anyMatch(each -> each.text("volumeMode").orElse("").equals("Block"));
        var kinds =
                block ? Set.of("", "BlockDevice") : Set.of("", "Directory", "DirectoryOrCreate");
        return kinds.contains(text(field.value()))
                ? Optional.empty()
                : later(block ? "this volume is a block device" : "a volume is a directory");
    }

    /// All pods of a Job run side by side.
    static Optional<Judgement> parallelism(Mapping.Entry field, List<Mapping> around) {
        var all = around.getFirst().number("completions").orElse(0);
        return all == 0 || around.getFirst().number("parallelism").orElse(0) >= all
                ? Optional.empty()
                : noEffect("all pods of the Job run at the same time");
    }

    private static final Map<String, Set<String>> NODE =
            Map.of(
                    "kubernetes.io/os", Set.of("linux"),
                    "beta.kubernetes.io/os", Set.of("linux"),
                    "kubernetes.io/arch", Set.of(arch()),
                    "beta.kubernetes.io/arch", Set.of(arch()));

    private static String arch() {
        return switch (System.getProperty("os.arch", "")) {
            case "aarch64" -> "arm64";
            case String other -> other.equals("x86_64") ? "amd64" : other;
        };
    }

    /// Podman asks for devices among the resources.
    static Optional<Judgement> resource(Mapping.Entry field, List<Mapping> around) {
        if (field.key().startsWith("hugepages-")) {
            return noEffect("huge pages come from the host's pool, uncounted");
        }
        return DeviceKeys.isDevice(field.key())
                ? Optional.of(
                        new Judgement(
                                Verdict.HONOURED, "a device of the host, whatever the amount"))
                : Optional.empty();
    }

    static Optional<Judgement> os(Mapping.Entry field, List<Mapping> around) {
        return text(field.value()).equals("linux")
                ? Optional.empty()
                : later("this machine runs linux");
    }

    /// What this machine surely is, and what nobody said of it.
    static Optional<Judgement> nodeLabel(Mapping.Entry field, List<Mapping> around) {
        var known = NODE.get(field.key());
        if (known == null) {
            return noEffect("there is one node");
        }
        return known.contains(text(field.value()))
                ? Optional.empty()
                : later("this machine is " + String.join("", known));
    }

    /// One of the terms must hold, and all expressions of it.
    static Optional<Judgement> nodeAffinity(Mapping.Entry field, List<Mapping> around) {
        if (!(field.value() instanceof Mapping selector)) {
            return Optional.empty();
        }
        var terms = selector.mappings("nodeSelectorTerms");
        var possible = terms.stream().anyMatch(Judges::isPossible);
        return terms.isEmpty() || possible
                ? noEffect("there is one node")
                : later("no term can hold on this machine");
    }

    private static boolean isPossible(Mapping term) {
        return term.mappings("matchExpressions").stream()
                .allMatch(expression -> {
                    var known = NODE.get(expression.text("key").orElse(""));
                    var values = expression.texts("values");
                    return known == null
                            || switch (expression.text("operator").orElse("")) {
                                case "In" -> values.stream().anyMatch(known::contains);
                                case "NotIn" -> values.stream().noneMatch(known::contains);
                                case "DoesNotExist" -> false;
                                default -> true;
                            };
                });
    }

    /// The API server refuses them in a manifest too: they come to a pod that is there.
    static Optional<Judgement> ephemeral(Mapping.Entry field, List<Mapping> around) {
        return field.value().empty()
                ? Optional.empty()
                : later("they are added to a pod that runs: kelpie debug POD --image IMAGE");
    }

    /// Without a selector somebody else would have to say who serves.
    static Optional<Judgement> served(Mapping.Entry field, List<Mapping> around) {
        return field.value() instanceof Mapping spec
                        && spec.mapping("selector").entries().isEmpty()
                        && !spec.text("type").orElse("").equals("ExternalName")
                ? later("a Service without a selector needs Endpoints, which are not read")
                : Optional.empty();
    }

    static Optional<Judgement> serviceType(Mapping.Entry field, List<Mapping> around) {
        return text(field.value()).equals("ExternalName")
                ? later("no name can stand for another")
                : Optional.empty();
    }

    static Optional<Judgement> ipFamilies(Mapping.Entry field, List<Mapping> around) {
        var first = around.getFirst().texts("ipFamilies").stream().findFirst();
        return first.filter("IPv6"::equals).isPresent()
                ? later("pods have IPv4 addresses")
                : Optional.empty();
    }

    static Optional<Judgement> token(Mapping.Entry field, List<Mapping> around) {
        return text(field.value()).equals("false")
                ? Optional.empty()
                : noEffect("there is no API server to talk to");
    }

    /// With fewer domains than these the least pods of a domain count as none (scheduler,
    /// "minDomains").
    static Optional<Judgement> minDomains(Mapping.Entry field, List<Mapping> around) {
        var constraint = around.getFirst();
        var pods = around.getLast().mapping("spec").number("replicas").orElse(1);
        return constraint.number("minDomains").orElse(1) > 1
                        && constraint.text("whenUnsatisfiable").orElse("").equals("DoNotSchedule")
                        && pods > constraint.number("maxSkew").orElse(1)
                ? later("this machine is one domain")
                : Optional.empty();
    }

    /// As in the kubelet: privileged means no filter.
    static Optional<Judgement> seccompProfile(Mapping.Entry field, List<Mapping> around) {
        return around.size() > 1 && around.get(1).flag("privileged")
                ? noEffect("a privileged container has no system-call filter")
                : Optional.empty();
    }

    /// Huge pages are no disk and no tmpfs.
    static Optional<Judgement> medium(Mapping.Entry field, List<Mapping> around) {
        return MEDIA.contains(text(field.value()))
                ? Optional.empty()
                : later("only the default medium and Memory are");
    }

    /// On disk nobody watches how much is written.
    static Optional<Judgement> sizeLimit(Mapping.Entry field, List<Mapping> around) {
        var memory = around.getFirst().text("medium").orElse("").equals("Memory");
        return memory ? Optional.empty() : noEffect("it is enforced for medium Memory only");
    }

    private static String text(Node node) {
        return node instanceof Scalar scalar && !scalar.absent() ? scalar.text() : "";
    }

    private static Optional<Judgement> later(String reason) {
        return Optional.of(new Judgement(Verdict.NOT_SUPPORTED, reason));
    }

    private static Optional<Judgement> noEffect(String reason) {
        return Optional.of(new Judgement(Verdict.NO_EFFECT, reason));
    }
}
