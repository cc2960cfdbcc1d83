package dev.kelpie.app.command.kube;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/// Words, the awkward ones of YAML among them, out of a seed.
final class RandomWords {
    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "plain",
                    "yes",
                    "No",
                    "null",
                    "~",
                    "012",
                    "0x1f",
                    "1e3",
                    "1_000",
                    "12:30:45",
                    "2026-11-25",
                    "-",
                    "- a",
                    "? b",
                    "a: b",
                    "a #b",
                    "#c",
                    "'q'",
                    "\"dq\"",
                    "{a}",
                    "[b]",
                    "*x",
                    "&y",
                    "!z",
                    "%d",
                    "@e",
                    "`f`",
                    "|",
                    ">",
                    "back\\slash",
                    "tab\tinside",
                    "\tbefore",
                    "bell\u0007",
                    "\u0085\u2028",
                    "äöü ☃ \ud83d\ude00",
                    "trailing ",
                    "line\n",
                    "two\nlines",
                    "two\n\nlines\n\n",
                    "  indented\nfirst",
                    "\nbefore",
                    "blank \nend",
                    "cr\r\nlf\r\n",
                    "#!/bin/sh\nset -e\n\tdate\n",
                    "---\n...\n",
                    "$",
                    "$$",
                    "$$$",
                    "$HOME",
                    "$(A)",
                    "$$(A)",
                    "$(B) $(C)",
                    "$(date)",
                    "$(a$$b)",
                    "$(A",
                    "$($(A)",
                    "$(not) $$ $(B)$");

    private final Random random;

    RandomWords(long seed) {
        this.random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    Optional<String> maybe(String text) {
        return chance(50) ? Optional.of(text) : Optional.empty();
    }

    String name(int number) {
        return of("web", "db", "a.b-c", "x1", "shop-pod") + (number == 0 ? "" : "-" + number);
    }

    /// Any text: one of the awkward ones, or several in a row.
    String text() {
        var text = new StringBuilder();
        for (int i = 1 + below(3); i > 0; i--) {
            text.append(TEXTS.get(below(TEXTS.size())));
        }
        return text.toString();
    }

    Map<String, String> labels() {
        var labels = new TreeMap<String, String>();
        for (int i = below(3); i > 0; i--) {
            labels.put(
                    of("app", "example.org/tier", "on", "1"), of("web", "true", "1.0", "", "x_y"));
        }
        return labels;
    }

    Map<String, String> annotations() {
        var annotations = new TreeMap<String, String>();
        for (int i = below(3); i > 0; i--) {
            annotations.put(of("example.org/note", "note", "2"), text());
        }
        return annotations;
    }
}
