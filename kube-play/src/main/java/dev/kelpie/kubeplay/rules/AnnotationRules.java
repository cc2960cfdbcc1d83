package dev.kelpie.kubeplay.rules;

import dev.kelpie.engine.spec.InitOnce;
import dev.kelpie.engine.spec.PodUsersSyntax;
import dev.kelpie.engine.spec.Tuning.Device;
import dev.kelpie.engine.spec.UlimitSyntax;
import dev.kelpie.kubeplay.yaml.Mapping;
import dev.kelpie.kubeplay.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Rules for the annotations that say how containers run.
final class AnnotationRules {

    private static final Predicate<String> NUMBER =
            Pattern.compile("-1|[0-9]{1,9}").asMatchPredicate();
    private static final Predicate<String> PROCESSORS =
            Pattern.compile("[0-9]{1,5}(-[0-9]{1,5})?(,[0-9]{1,5}(-[0-9]{1,5})?)*")
                    .asMatchPredicate();
    private static final Predicate<String> ON_OFF =
            Pattern.compile("(?i)true|false").asMatchPredicate();
    private static final Predicate<String> INIT_TYPE =
            Pattern.compile("once|always").asMatchPredicate();
    private static final Predicate<String> SOURCES =
            Pattern.compile("[^;:]+(:(ro|rw))?(;[^;:]+(:(ro|rw))?)*").asMatchPredicate();
    private static final Predicate<String> SECCOMP =
            Pattern.compile("unconfined|runtime/default|docker/default|localhost/.+")
                    .asMatchPredicate();
    private static final Predicate<String> APPARMOR =
            Pattern.compile("unconfined|runtime/default|localhost/.+").asMatchPredicate();
    private static final Predicate<String> NAME =
            Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,252}").asMatchPredicate();

    private record Rule(String key, Predicate<String> holds, String words) {
        /// Whether it is for an annotation; a key that ends in `/` is one of a container.
        boolean isFor(String annotation) {
            return key.endsWith("/") ? annotation.startsWith(key) : annotation.equals(key);
        }
    }

    private static final List<Rule> RULES =
            List.of(
                    new Rule(PodmanKeys.PIDS_LIMIT, NUMBER, "a number"),
                    new Rule(PodmanKeys.CPUSET, PROCESSORS, "processors, such as 0-3,5"),
                    new Rule(PodmanKeys.MEMORY_NODES, PROCESSORS, "memory nodes, such as 0-1"),
                    new Rule(
                            DeviceKeys.ANNOTATION,
                            value -> DeviceKeys.names(value).allMatch(Device::isName),
                            "names of devices, such as vendor.com/class=a,vendor.com/class=b"),
                    new Rule(PodmanKeys.INIT, ON_OFF, "TRUE or FALSE"),
                    new Rule(PodmanKeys.AUTO_REMOVE, ON_OFF, "TRUE or FALSE"),
                    new Rule(InitOnce.ANNOTATION, INIT_TYPE, "once or always"),
                    new Rule(
                            PodmanKeys.VOLUMES_FROM,
                            SOURCES,
                            "containers with or without options, such as a:ro;b"),
                    new Rule(PodmanKeys.INFRA_NAME, NAME, "the name of a container"),
                    new Rule(
                            PodmanKeys.POD_SECCOMP,
                            SECCOMP,
                            "runtime/default, unconfined or localhost/FILE"),
                    new Rule(
                            PodmanKeys.SECCOMP,
                            SECCOMP,
                            "runtime/default, unconfined or localhost/FILE"),
                    new Rule(
                            PodmanKeys.APPARMOR,
                            APPARMOR,
                            "runtime/default, unconfined or localhost/PROFILE"));

    private final Complaints complaints;

    AnnotationRules(Complaints complaints) {
        this.complaints = complaints;
    }

    void check(Mapping.Entry annotation) {
        if (annotation.value() instanceof Node.Scalar scalar) {
            faults(annotation.key(), scalar.text()).forEach(fault -> complaints.at(scalar, fault));
        }
    }

    /// What is wrong with the text of an annotation.
    static List<String> faults(String key, String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        var faults = new ArrayList<String>();
        if (key.equals(PodUsersSyntax.ANNOTATION)
                || key.startsWith(PodUsersSyntax.ANNOTATION + "/")) {
            parsed(faults, () -> PodUsersSyntax.parse(text, false));
        } else if (key.equals(PodmanKeys.ULIMIT)) {
            parsed(
                    faults,
                    () ->
                            Stream.of(text.split(","))
                                    .map(String::strip)
                                    .forEach(UlimitSyntax::parse));
        }
        for (var rule : RULES) {
            if (rule.isFor(key) && !rule.holds().test(text)) {
                faults.add("must be " + rule.words() + ", was " + Complaints.quoted(text));
            }
        }
        return faults;
    }

    private static void parsed(List<String> faults, Runnable parser) {
        try {
            parser.run();
        } catch (IllegalArgumentException e) {
            faults.add(String.valueOf(e.getMessage()));
        }
    }
}
