package dev.kelpie.kubegenerate.apply;

import java.util.Map;

/// How much the documents of one text may unfold to: aliases make much of little.
final class Budget {
    private static final int MOST_NODES = 300_000;
    private static final int MOST_CHARACTERS = 16 << 20;
    private static final int DEEPEST = 100;

    private int nodes;
    private long characters;

    /// @throws ApplyException when this one is too much
    void spend(Object document, String from) {
        if (!isEnoughFor(document, 0)) {
            throw new ApplyException(from + ": it is too large, or too deep");
        }
    }

    private boolean isEnoughFor(Object value, int depth) {
        if (++nodes > MOST_NODES || depth > DEEPEST) {
            return false;
        }
        if (value instanceof String text) {
            characters += text.length();
            return characters <= MOST_CHARACTERS;
        }
        if (value instanceof Map<?, ?> map) {
            for (var entry : map.entrySet()) {
                if (!isEnoughFor(entry.getKey(), depth + 1)
                        || !isEnoughFor(entry.getValue(), depth + 1)) {
                    return false;
                }
            }
        } else if (value instanceof Iterable<?> all) {
            for (var each : all) {
                if (!isEnoughFor(each, depth + 1)) {
                    return false;
                }
            }
        }
        return true;
    }
}
