package dev.kelpie.kubeplay;

import dev.kelpie.kubeplay.report.Findings;
import dev.kelpie.kubeplay.report.Note;
import dev.kelpie.kubeplay.report.Problem;
import dev.kelpie.kubeplay.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Decides by the user's `--validate` what findings mean for the play.
final class Outcome {

    private final Findings findings;
    private final Validation validation;

    Outcome(Findings findings, Validation validation) {
        this.findings = findings;
        this.validation = validation;
    }

    void throwIfProblems() {
        var strict = validation == Validation.STRICT;
        var wrong = new ArrayList<>(findings.problems());
        if (strict) {
            wrong.removeIf(this::isEcho);
            wrong.addAll(findings.unknownFields());
        }
        var unsupported = strict ? unsupported() : List.<Problem>of();
        if (!wrong.isEmpty()) {
            wrong.addAll(unsupported);
            var all = findings.inOrder(wrong);
            throw new InvalidManifestException(message(all, findings.uncounted()), all);
        }
        if (!unsupported.isEmpty()) {
            throw new UnsupportedManifestException(
                    message(unsupported, 0) + "\n(--validate=warn goes on without)", unsupported);
        }
    }

    /// Whether a field is wrong or missing only because its name is, which is reported.
    private boolean isEcho(Problem problem) {
        return findings.unknownFields().stream().anyMatch(unknown -> isEcho(problem, unknown));
    }

    private static boolean isEcho(Problem problem, Problem unknown) {
        if (!unknown.place().file().equals(problem.place().file())) {
            return false;
        }
        var meant = unknown.suggestion().contains("'" + leaf(problem) + "'");
        return problem.path().equals(unknown.path())
                ? problem.place().equals(unknown.place())
                : meant
                        && parent(unknown).equals(parent(problem))
                        && problem.message().startsWith("required, but missing");
    }

    private static String parent(Problem problem) {
        return problem.path().substring(0, Math.max(0, problem.path().lastIndexOf('.')));
    }

    private static String leaf(Problem problem) {
        return problem.path().substring(problem.path().lastIndexOf('.') + 1);
    }

    /// A play without anything to play is a mistake.
    void throwIfNothing(List<Manifest> manifests) {
        if (manifests.isEmpty()) {
            throw new NothingToPlayException(
                    "YAML document does not contain any supported kube kind", List.of());
        }
    }

    private List<Problem> unsupported() {
        var problems =
                findings.notes().stream()
                        .filter(note -> note.verdict() == Verdict.NOT_SUPPORTED)
                        .map(Outcome::problem)
                        .toList();
        return findings.inOrder(problems);
    }

    private static Problem problem(Note note) {
        var value = note.value().isEmpty() ? "" : "'" + note.value() + "' is ";
        var reason = note.reason().isEmpty() ? "" : ": " + note.reason();
        return new Problem(note.place(), note.path(), value + note.verdict().words() + reason, "");
    }

    private static String message(List<Problem> problems, int more) {
        if (problems.size() + more == 1) {
            return problems.getFirst().toString();
        }
        var lines =
                problems.stream()
                        .limit(Findings.MOST)
                        .map(Problem::toString)
                        .collect(Collectors.joining("\n"));
        var rest = more + Math.max(0, problems.size() - Findings.MOST);
        return (problems.size() + more)
                + " problems, nothing was started:\n"
                + lines
                + (rest > 0 ? "\nand " + rest + " more" : "");
    }

    /// The report of every field used, with what Kubernetes does not know among it.
    List<Note> notes() {
        var all = new ArrayList<>(findings.notes());
        for (var problem : findings.unknownFields()) {
            var hint = problem.suggestion().isEmpty() ? "" : "; " + problem.suggestion();
            all.add(
                    new Note(
                            problem.place(),
                            "",
                            problem.path(),
                            "",
                            Verdict.NOT_SUPPORTED,
                            problem.message() + hint));
        }
        return findings.notesInOrder(all);
    }
}
