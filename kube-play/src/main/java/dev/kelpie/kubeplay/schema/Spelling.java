package dev.kelpie.kubeplay.schema;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the word that was probably meant.
public final class Spelling {

    private static final int LONGEST = 64;
    private static final int SHORTEST = 3;

    private Spelling() {}

    /// The nearest of the words, if it is near enough to be meant.
    public static Optional<String> nearest(String word, Collection<String> words) {
        return nearest(word, words, Math.clamp(word.length() / 3, 1, 3));
    }

    /// The word of which this one is cut short, or that is this one cut short (`environment` for
    /// `env`), if it is the only one or begins all of those.
    public static Optional<String> shortened(String word, Collection<String> words) {
        var found =
                words.stream()
                        .filter(other -> Math.min(word.length(), other.length()) >= SHORTEST)
                        .filter(other -> startsAlike(word, other))
                        .sorted(Comparator.comparingInt(String::length))
                        .toList();
        return found.stream()
                .findFirst()
                .filter(first -> found.stream().allMatch(other -> other.startsWith(first)));
    }

    private static boolean startsAlike(String word, String other) {
        var length = Math.min(word.length(), other.length());
        return word.regionMatches(true, 0, other, 0, length);
    }

    /// The nearest of the words within a number of typing errors; one that differs only in case,
    /// `-` and `_` counts as none.
    public static Optional<String> nearest(String word, Collection<String> words, int errors) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        return words.stream()
                .filter(other -> errorsBetween(word, other) <= errors)
                .min(
                        Comparator.comparingInt((String other) -> errorsBetween(word, other))
                                .thenComparing(Comparator.naturalOrder()));
    }

    private static int errorsBetween(String word, String other) {
        var left = plain(word);
        var right = plain(other);
        return left.equals(right) ? 0 : distance(left, right);
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    static int distance(String left, String right) {
        var rows = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                rows[i][j] = cell(rows, left, right, i, j);
            }
        }
        return rows[left.length()][right.length()];
    }

    private static int cell(int[][] rows, String left, String right, int i, int j) {
        if (i == 0 || j == 0) {
            return i + j;
        }
        int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        int best = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1);
        best = Math.min(best, rows[i - 1][j - 1] + change);
        boolean swapped =
                i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
    }
}
