package dev.kelpie.kubeplay.schema;

import dev.kelpie.kubeplay.schema.FieldType.ListOf;
import dev.kelpie.kubeplay.schema.FieldType.MapOf;
import dev.kelpie.kubeplay.schema.FieldType.Simple;
import dev.kelpie.kubeplay.schema.FieldType.Structure;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Guesses what an unknown field was meant to be: a field of the same object written wrongly, or
/// the right name at the wrong place.
final class Suggestions {

    private static final int DEEPEST = 2;
    private static final int DEEPEST_FROM_ROOT = 5;
    private static final Set<String> NEVER_MEANT =
            Set.of("status", "managedFields", "ownerReferences", "ephemeralContainers");

    private final ModelClasses models;

    Suggestions(ModelClasses models) {
        this.models = models;
    }

    /// An object on the way to the unknown field.
    record Level(Mapping mapping, Structure type) {}

    /// @param levels the objects around the field, innermost first
    String suggest(String key, Deque<Level> levels) {
        var names = models.fields(levels.getFirst().type()).keySet();
        return Spelling.nearest(key, names, 1)
                .or(() -> elsewhere(key, levels))
                .or(() -> Spelling.nearest(key, names))
                .or(() -> Spelling.shortened(key, names))
                .map(name -> "did you mean '" + name + "'?")
                .orElse("");
    }

    private Optional<String> elsewhere(String key, Deque<Level> levels) {
        for (var level : levels) {
            var outermost = level.equals(levels.getLast());
            var found = below(level, key, outermost ? DEEPEST_FROM_ROOT : DEEPEST);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private record Candidate(String path, Structure type, int depth) {}

    /// The shallowest field of that name in or below an object, breadth first.
    private Optional<String> below(Level level, String key, int deepest) {
        var queue = new ArrayDeque<Candidate>();
        var seen = new HashSet<Structure>();
        queue.add(new Candidate(level.mapping().path().toString(), level.type(), 0));
        while (!queue.isEmpty()) {
            var candidate = queue.remove();
            if (candidate.depth() > deepest || !seen.add(candidate.type())) {
                continue;
            }
            var prefix = candidate.path().isEmpty() ? "" : candidate.path() + ".";
            var fields = models.fields(candidate.type());
            if (fields.containsKey(key)) {
                return Optional.of(prefix + key);
            }
            fields.forEach((name, type) -> descend(prefix + name, name, type, candidate, queue));
        }
        return Optional.empty();
    }

    private static void descend(
            String path, String name, FieldType type, Candidate from, Deque<Candidate> queue) {
        if (NEVER_MEANT.contains(name)) {
            return;
        }
        switch (type) {
            case Structure inner -> queue.add(new Candidate(path, inner, from.depth() + 1));
            case ListOf(FieldType item) -> descend(path + "[]", name, item, from, queue);
            case MapOf _, Simple _ -> {}
        }
    }
}
