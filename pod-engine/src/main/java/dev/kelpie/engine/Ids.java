package dev.kelpie.engine;

import dev.kelpie.engine.spec.ShortId;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/// Ids of 64 hex digits, and names for those whose user gave none.
final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();

    private static final List<String> MOODS =
            List.of(
                    "brisk",
                    "calm",
                    "clever",
                    "eager",
                    "gentle",
                    "keen",
                    "merry",
                    "nimble",
                    "patient",
                    "quick",
                    "quiet",
                    "sharp",
                    "sleek",
                    "sturdy",
                    "sunny",
                    "swift",
                    "tidy",
                    "tireless",
                    "watchful",
                    "wily");

    private static final List<String> NOUNS =
            List.of(
                    "barley",
                    "bracken",
                    "brook",
                    "clover",
                    "collie",
                    "drover",
                    "fern",
                    "fleece",
                    "gully",
                    "heather",
                    "hedge",
                    "lamb",
                    "meadow",
                    "merino",
                    "paddock",
                    "pasture",
                    "ridge",
                    "shepherd",
                    "thistle",
                    "whistle");

    private Ids() {}

    /// A new one; the first twelve digits are not all decimal, so that short ids never look like
    /// numbers.
    static String fresh() {
        while (true) {
            var bytes = new byte[32];
            RANDOM.nextBytes(bytes);
            var id = HexFormat.of().formatHex(bytes);
            if (!ShortId.of(id).chars().allMatch(Character::isDigit)) {
                return id;
            }
        }
    }

    /// A new one of a secret: 25 digits, as the field has them.
    static String secret() {
        return fresh().substring(0, 25);
    }

    /// Two words, and a number once those are hard to find.
    static String name(Predicate<String> taken) {
        for (int tries = 0; ; tries++) {
            var name =
                    MOODS.get(RANDOM.nextInt(MOODS.size()))
                            + "_"
                            + NOUNS.get(RANDOM.nextInt(NOUNS.size()))
                            + (tries < 10 ? "" : Integer.toString(RANDOM.nextInt(10 * tries)));
            if (!taken.test(name)) {
                return name;
            }
        }
    }
}
