package dev.kelpie.app.format;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Which known word a mistyped one was meant to be.
public final class Words {
    private static final int FAR = 3;

    private Words() {}

    /// The nearest of `known`, if few letters are wrong, left out, added or swapped.
    public static Optional<String> nearest(String typed, Collection<String> known) {
        int allowed = Math.min(FAR, Math.max(1, typed.length() / 3 + 1));
        return known.stream()
                .filter(word -> distance(typed, word) <= allowed)
                .min(
                        Comparator.comparingInt((String word) -> distance(typed, word))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /// Damerau and Levenshtein's distance, neighbours swapped counting as one.
    static int distance(String left, String right) {
        var table = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                table[i][j] = cell(table, left, right, i, j);
            }
        }
        return table[left.length()][right.length()];
    }

    private static int cell(int[][] table, String left, String right, int i, int j) {
        if (i == 0 || j == 0) {
            return i + j;
        }
        int other = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        int least =
                Math.min(
                        Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1),
                        table[i - 1][j - 1] + other);
        boolean swapped =
                i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(least, table[i - 2][j - 2] + 1) : least;
    }
}
