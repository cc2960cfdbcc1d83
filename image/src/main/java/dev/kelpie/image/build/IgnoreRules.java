package dev.kelpie.image.build;

import dev.kelpie.image.BuildException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `.containerignore` or `.dockerignore`: what of the context a build does not see. The last rule
/// that matches a path or one of its parents decides; `!` takes back.
final class IgnoreRules {

    private static final int LARGEST = 1 << 20;

    private record Rule(PathPattern pattern, boolean keep) {}

    private final List<Rule> rules = new ArrayList<>();

    /// The file beside the Containerfile (`NAME.containerignore`) before the context's own.
    static IgnoreRules of(Path context, Path containerfile) {
        for (var suffix : List.of(".containerignore", ".dockerignore")) {
            var beside = containerfile.resolveSibling(containerfile.getFileName() + suffix);
            if (Files.isRegularFile(beside)) {
                return read(beside);
            }
        }
        for (var name : List.of(".containerignore", ".dockerignore")) {
            if (Files.isRegularFile(context.resolve(name))) {
                return read(context.resolve(name));
            }
        }
        return new IgnoreRules();
    }

    static IgnoreRules read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new BuildException("'" + file + "' is larger than " + LARGEST + " bytes");
            }
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new BuildException("cannot read '" + file + "': " + e.getMessage(), e);
        }
    }

    static IgnoreRules parse(String text, String name) {
        var rules = new IgnoreRules();
        var number = 0;
        for (var raw : text.lines().toList()) {
            number++;
            var line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var keep = line.startsWith("!");
            try {
                var pattern = PathPattern.parse(keep ? line.substring(1).strip() : line);
                rules.rules.add(new Rule(pattern, keep));
            } catch (IllegalArgumentException e) {
                throw new BuildException(name + ":" + number + ": " + e.getMessage(), e);
            }
        }
        return rules;
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /// Whether a build must not see this path (relative, with slashes).
    boolean hides(String path) {
        var hidden = false;
        for (var rule : rules) {
            if (hidden == rule.keep() && rule.pattern().matchesOrContains(path)) {
                hidden = !rule.keep();
            }
        }
        return hidden;
    }

    /// Whether something below a hidden directory may be seen nevertheless.
    boolean hasExceptions() {
        return rules.stream().anyMatch(Rule::keep);
    }
}
