package dev.kelpie.kubeplay.support;

import dev.kelpie.kubeplay.report.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/// The page of documentation that tells what is supported, made from the table.
public final class SupportPage {

    private static final String INTRODUCTION =
            """
            # What Kelpie makes of Kubernetes YAML

            Made from the code by `SupportPage`, do not edit; refresh it with
            `./mvnw -pl kube-play test -Dtest=SupportPageTest -Dkelpie.update=true`.

            Each field of the Kubernetes 1.34 model is *honoured*, has *no effect on one machine*, or is *not
            supported yet*. `kelpie kube play` stops before anything starts when a manifest asks for what is not
            supported yet (`--validate=strict`, the default); with `--validate=warn` it says so and goes on
            without, with `--validate=ignore` it goes on in silence. Fields that Kubernetes does not know are
            treated alike. A field that is absent, empty, or set to Kubernetes' default is never an obstacle. A
            line for a field covers all fields below it that have no line of their own. The test of a line sees the
            field's effect in a container where its name ends in `IT`, elsewhere that the field is read, or its rule.
            """;

    private static final String FULL_TEMPLATE = "Deployment";

    private static final String EPHEMERAL =
            "made by `kelpie debug POD --image IMAGE`; refused in a manifest, as by an API server";

    private SupportPage() {}

    public static String of(SupportTable table) {
        var page = new StringBuilder(INTRODUCTION).append("\n## Kinds\n\n");
        page.append("| kind | what becomes of it | remark |\n| --- | --- | --- |\n");
        for (var kind : table.kinds()) {
            page.append(row(kind.kind(), kind.verdict(), remark(kind)));
        }
        page.append("| any other | not supported yet | |\n");
        page.append("\nA `List` is read as the objects in it.\n");
        for (var kind : table.kinds()) {
            if (!kind.fields().isEmpty()) {
                page.append("\n## ").append(kind.kind()).append("\n\n");
                if (kind.kind().equals("Pod")) {
                    page.append(counts(kind));
                }
                rows(page, kind);
            }
        }
        return page.toString();
    }

    private static String remark(KindRule kind) {
        return kind.apiVersion().isEmpty() ? kind.remark() : "`" + kind.apiVersion() + "`";
    }

    private static void rows(StringBuilder page, KindRule kind) {
        page.append("| field | what becomes of it | remark | test |\n| --- | --- | --- | --- |\n");
        rows(
                page,
                kind.kind(),
                "",
                kind.kind().equals(FULL_TEMPLATE) ? kind.fields() : brief(kind.fields()));
    }

    /// Templates are alike, and told of once.
    private static List<FieldRule> brief(List<FieldRule> rules) {
        return rules.stream()
                .map(rule ->
                        switch (rule.name()) {
                            case "template" ->
                                    FieldRule.honoured("template", "as that of a Deployment");
                            case "volumeClaimTemplates" ->
                                    FieldRule.honoured(rule.name(), "as a PersistentVolumeClaim");
                            case "jobTemplate" -> FieldRule.honoured("jobTemplate", "as a Job");
                            case "spec" -> FieldRule.part("spec", brief(rule.children()));
                            default -> rule;
                        })
                .toList();
    }

    /// How many fields of a pod and of a container are honoured, at least in part.
    private static String counts(KindRule pod) {
        var spec = pod.root().child("spec").orElseThrow();
        var containers = spec.child("containers").orElseThrow();
        return "%s of %s, and %s of a container's %s are honoured.\n\n"
                .formatted(
                        "Of the fields of a pod's `spec` " + honoured(spec),
                        spec.children().size(),
                        honoured(containers),
                        containers.children().size());
    }

    private static long honoured(FieldRule rule) {
        return rule.children().stream().filter(SupportPage::isHonoured).count();
    }

    private static boolean isHonoured(FieldRule rule) {
        return rule.children().isEmpty()
                ? rule.verdict() == Verdict.HONOURED
                : rule.children().stream().anyMatch(SupportPage::isHonoured);
    }

    private static void rows(
            StringBuilder page, String kind, String prefix, List<FieldRule> rules) {
        for (var rule : rules) {
            var path = prefix + (rule.name().equals(FieldRule.ANY) ? "(any)" : rule.name());
            if (path.equals("spec.template.spec")) {
                page.append(row(kind, path, Verdict.HONOURED, "as the `spec` of a Pod"));
            } else if (rule.name().equals("initContainers")) {
                page.append(row(kind, path, Verdict.HONOURED, "as `containers`, but for these"));
                rows(page, kind, path + ".", otherThan(rules, rule));
            } else if (rule.name().equals("ephemeralContainers")) {
                page.append(row(kind, path, Verdict.HONOURED, EPHEMERAL));
            } else if (rule.children().isEmpty()) {
                page.append(row(kind, path, rule.verdict(), remark(rule)));
            } else {
                rows(page, kind, path + ".", rule.children());
            }
        }
    }

    /// The rules for init containers that are not those for containers.
    private static List<FieldRule> otherThan(List<FieldRule> siblings, FieldRule init) {
        return init.children().stream()
                .filter(rule ->
                        siblings.stream()
                                .filter(sibling -> sibling.name().equals("containers"))
                                .flatMap(sibling -> sibling.child(rule.name()).stream())
                                .noneMatch(other -> text(other).equals(text(rule))))
                .toList();
    }

    private static String text(FieldRule rule) {
        var text = new StringBuilder();
        rows(text, "Pod", "", List.of(rule));
        return text.toString();
    }

    private static String remark(FieldRule rule) {
        if (rule.harmless().isEmpty()) {
            return rule.remark();
        }
        var values =
                rule.harmless().stream().map(v -> "`" + v + "`").collect(Collectors.joining(", "));
        var except = "except " + values + ", the default";
        return rule.remark().isEmpty() ? except : except + "; " + rule.remark();
    }

    private static String row(String kind, String path, Verdict verdict, String remark) {
        var test = verdict == Verdict.HONOURED ? Proofs.of(kind, path).orElse("") : "";
        return row(path, verdict, remark)
                .replaceFirst("\n$", test.isEmpty() ? " |\n" : " " + test + " |\n");
    }

    private static String row(String what, Verdict verdict, String remark) {
        var shown = verdict == Verdict.NO_EFFECT ? "no effect" : verdict.words();
        return "| " + what + " | " + shown + " | " + (remark.isEmpty() ? "" : remark + " ") + "|\n";
    }
}
