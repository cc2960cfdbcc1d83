package dev.kelpie.quadlet.check;

import dev.kelpie.quadlet.translate.Numbers;
import dev.kelpie.quadlet.translate.Unit;
import dev.kelpie.quadlet.translate.UnitType;
import dev.kelpie.quadlet.unit.Line.Entry;
import dev.kelpie.quadlet.unit.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Values that are not of the kind that their key has, each looked at alone.
final class ValueRules {
    private static final Set<String> FALSE = Set.of("0", "no", "false", "off");

    private final Unit unit;
    private final String own;
    private final List<Finding> findings = new ArrayList<>();

    ValueRules(Unit unit) {
        this.unit = unit;
        own = unit.type().group();
    }

    List<Finding> findings() {
        for (var entry : unit.file().entries(own)) {
            var value = unquoted(entry.value());
            if (unit.type().knows(entry.key()) && !value.isEmpty() && value.indexOf('%') < 0) {
                value(entry, value);
            }
        }
        escapes();
        return findings;
    }

    private void value(Entry entry, String value) {
        var key = entry.key();
        if (Vocabulary.TRUTHS.contains(key)) {
            truth(entry, value);
        } else if (Vocabulary.DURATIONS.contains(key) && !isDuration(value)) {
            error(entry, "this is no duration", "write a number and a unit, as in 30s, 1m30s");
        } else if (Vocabulary.NUMBERS.contains(key) && !isNumber(key, value)) {
            error(entry, "this is no number", "write digits only");
        } else if (Vocabulary.SIZES.contains(key) && !value.matches("(?i)[0-9]+(b|[kmgt]b?)?")) {
            error(entry, "this is no size", "write a number and b, k, m or g, as in 512m");
        } else if (Vocabulary.CHOICES.containsKey(key)) {
            choice(entry, value);
        } else {
            Formats.complaint(unit.type(), key, value)
                    .ifPresent(complaint -> error(entry, complaint.meaning(), complaint.mend()));
        }
    }

    private void truth(Entry entry, String value) {
        if (!Section.isYes(value) && !FALSE.contains(value.toLowerCase(Locale.ROOT))) {
            error(entry, "this is neither yes nor no, and counts as no", "write yes or no");
        }
    }

    private void choice(Entry entry, String value) {
        boolean moreForms = unit.type() == UnitType.BUILD && entry.key().equals("Pull");
        if (moreForms || unit.type() == UnitType.KUBE) {
            return;
        }
        var choices = Optional.ofNullable(Vocabulary.CHOICES.get(entry.key())).orElse(Set.of());
        if (!choices.contains(value.toLowerCase(Locale.ROOT))) {
            error(
                    entry,
                    "there is no such value",
                    Suggestion.nearest(value, choices)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse("write one of " + String.join(", ", new TreeSet<>(choices))));
        }
    }

    /// What the generator would leave out with a warning.
    private void escapes() {
        for (var key : Vocabulary.COMMANDS) {
            unit.file()
                    .section(
                            own,
                            fault ->
                                    findings.add(
                                            Finding.error(
                                                    fault.place(),
                                                    fault.message(),
                                                    "write \\\\ for a backslash; the escapes are"
                                                            + " those of systemd.syntax(7)")))
                    .commandWords(key);
        }
    }

    private void error(Entry entry, String meaning, String mend) {
        findings.add(Finding.error(own, entry, meaning, mend));
    }

    private static boolean isNumber(String key, String value) {
        boolean unlimited =
                value.equals("-1") && (key.equals("PidsLimit") || key.equals("StopTimeout"));
        return unlimited || Numbers.parse(value).isPresent();
    }

    /// As Go writes them; `disable` turns the timer off.
    static boolean isDuration(String value) {
        return value.equals("0")
                || value.equals("disable")
                || value.matches("([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h))+");
    }

    static String unquoted(String value) {
        var text = value.strip();
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
