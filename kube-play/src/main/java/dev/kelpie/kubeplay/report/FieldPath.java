package dev.kelpie.kubeplay.report;

import java.util.Optional;
import java.util.regex.Pattern;

/// The way to a field from the root of its document; written `spec.containers[0].image`, and only
/// put into words when somebody asks.
public final class FieldPath {

    /// The document itself.
    public static final FieldPath ROOT = new FieldPath(Optional.empty(), "");

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+");

    private final Optional<FieldPath> parent;
    private final String step;

    private FieldPath(Optional<FieldPath> parent, String step) {
        this.parent = parent;
        this.step = step;
    }

    /// The field of that name; names that are no words (label keys) are written in brackets.
    public FieldPath field(String name) {
        var shown = Shown.of(name);
        return new FieldPath(
                Optional.of(this), WORD.matcher(name).matches() ? shown : bracketed(shown));
    }

    public FieldPath index(int index) {
        return new FieldPath(Optional.of(this), bracketed(Integer.toString(index)));
    }

    private static String bracketed(String step) {
        return "[" + step + "]";
    }

    @Override
    public String toString() {
        if (parent.isEmpty()) {
            return step;
        }
        var before = parent.get().toString();
        return before.isEmpty() || step.startsWith("[") ? before + step : before + "." + step;
    }
}
