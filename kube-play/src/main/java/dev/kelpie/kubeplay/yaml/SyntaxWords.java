package dev.kelpie.kubeplay.yaml;

import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/// What a syntax error of the parser means to somebody who wrote a manifest.
final class SyntaxWords {

    private static final String FOREIGN_TAG = "Global tag is not allowed: ";
    private static final String NO_BEGINNING = "that cannot start any token";

    private SyntaxWords() {}

    /// @param line the text of the line in which the parser gave up
    static String of(MarkedYAMLException e, String line) {
        var problem = Optional.ofNullable(e.getProblem()).orElse("unreadable");
        if (indentation(line).contains("\t")) {
            return "a tab is used for indentation, where YAML allows only spaces";
        }
        if (problem.startsWith(FOREIGN_TAG)) {
            return "the type tag '" + problem.substring(FOREIGN_TAG.length()) + "' is not allowed";
        }
        if (problem.contains(NO_BEGINNING)) {
            var found = problem.substring(0, problem.indexOf(NO_BEGINNING)).strip();
            return found + ", which cannot begin a value; put the value in quotes";
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return "a ':' where none can be; put the value in quotes or mend the indentation";
        }
        return (problem.startsWith("expected <block end>")
                        ? "indented unlike its neighbours"
                        : problem)
                + context(e);
    }

    private static String context(MarkedYAMLException e) {
        var mark = e.getContextMark();
        return e.getContext() == null || e.getContext().isEmpty() || mark == null
                ? ""
                : " (" + e.getContext() + " that began on line " + (mark.getLine() + 1) + ")";
    }

    private static String indentation(String line) {
        return line.substring(0, line.length() - line.stripLeading().length());
    }
}
