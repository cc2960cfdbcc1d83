package dev.kelpie.quadlet.check;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Guesses which of the known words was meant.
final class Suggestion {
    private Suggestion() {}

    /// The one that differs least, if it differs little.
    static Optional<String> nearest(String word, Collection<String> known) {
        var best = Optional.<String>empty();
        int least = Math.max(1, word.length() / 3) + 1;
        for (var candidate : known) {
            if (candidate.equalsIgnoreCase(word)) {
                return Optional.of(candidate);
            }
            int distance =
                    distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                best = Optional.of(candidate);
            }
        }
        return best;
    }

    /// How many letters must be put in, taken out or changed (Levenshtein).
    private static int distance(String a, String b) {
        var above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
