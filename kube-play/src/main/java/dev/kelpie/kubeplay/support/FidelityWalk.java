package dev.kelpie.kubeplay.support;

import dev.kelpie.kubeplay.report.Findings;
import dev.kelpie.kubeplay.report.Note;
import dev.kelpie.kubeplay.report.Shown;
import dev.kelpie.kubeplay.report.Verdict;
import dev.kelpie.kubeplay.support.Judge.Judgement;
import dev.kelpie.kubeplay.yaml.Mapping;
import dev.kelpie.kubeplay.yaml.Node;
import dev.kelpie.kubeplay.yaml.Node.Scalar;
import dev.kelpie.kubeplay.yaml.Node.Sequence;
import dev.kelpie.kubeplay.yaml.ScalarKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Holds a document against the rules of its kind and notes what becomes of each field used.
public final class FidelityWalk {

    private final String object;
    private final Findings findings;
    private final Deque<Mapping> around = new ArrayDeque<>();

    /// @param object what the notes call the document, `Pod web`
    public FidelityWalk(String object, Findings findings) {
        this.object = object;
        this.findings = findings;
    }

    public void walk(Mapping document, KindRule kind) {
        mapping(document, kind.root());
    }

    private void mapping(Mapping mapping, FieldRule rule) {
        around.push(mapping);
        for (var entry : mapping.entries().values()) {
            rule.child(entry.key()).ifPresent(child -> field(entry, child));
        }
        around.pop();
    }

    private void field(Mapping.Entry entry, FieldRule rule) {
        var value = entry.value();
        if (value.absent() || (value.empty() && rule.verdict() == Verdict.NOT_SUPPORTED)) {
            return;
        }
        if (rule.children().isEmpty() || value.empty()) {
            note(entry, judgement(entry, rule));
            return;
        }
        judged(entry, rule)
                .ifPresentOrElse(judgement -> note(entry, judgement), () -> descend(value, rule));
    }

    private Optional<Judgement> judged(Mapping.Entry entry, FieldRule rule) {
        return rule.judge().flatMap(judge -> judge.judge(entry, List.copyOf(around)));
    }

    private void descend(Node value, FieldRule rule) {
        switch (value) {
            case Mapping mapping -> mapping(mapping, rule);
            case Sequence sequence -> sequence.items().forEach(item -> descend(item, rule));
            case Scalar _ -> {}
        }
    }

    private Judgement judgement(Mapping.Entry entry, FieldRule rule) {
        var judged = judged(entry, rule);
        if (judged.isPresent()) {
            return judged.get();
        }
        if (entry.value() instanceof Scalar scalar && rule.harmless().contains(value(scalar))) {
            return new Judgement(Verdict.NO_EFFECT, "the default of Kubernetes");
        }
        return new Judgement(
                rule.verdict(), rule.verdict() == Verdict.HONOURED ? "" : plain(rule.remark()));
    }

    private static String value(Scalar scalar) {
        return ScalarKind.bool(scalar).map(String::valueOf).orElse(scalar.text());
    }

    /// A remark of the documentation page as text for a terminal.
    private static String plain(String remark) {
        return remark.replace("`", "");
    }

    private void note(Mapping.Entry entry, Judgement judgement) {
        var value = entry.value() instanceof Scalar scalar ? Shown.of(scalar.text()) : "";
        findings.note(
                new Note(
                        entry.keyPlace(),
                        object,
                        entry.value().path().toString(),
                        value,
                        judgement.verdict(),
                        judgement.reason()));
    }
}
