package dev.kelpie.quadlet.check;

import dev.kelpie.quadlet.unit.Line.Entry;
import dev.kelpie.quadlet.unit.Place;

/// One thing that is wrong with a unit file.
///
/// @param subject `[Group] key=value`, or empty when it is about the file
/// @param meaning what happens because of it
/// @param mend what would be right, empty when nobody can tell
public record Finding(Severity severity, Place place, String subject, String meaning, String mend) {

    /// How bad it is.
    public enum Severity {
        /// The unit does not start, or does something else than it says.
        ERROR,
        /// It works, but probably not as meant, or not everywhere.
        WARNING
    }

    private static final int MOST_SHOWN = 100;

    static Finding error(String group, Entry entry, String meaning, String mend) {
        return new Finding(Severity.ERROR, entry.place(), subject(group, entry), meaning, mend);
    }

    static Finding warning(String group, Entry entry, String meaning, String mend) {
        return new Finding(Severity.WARNING, entry.place(), subject(group, entry), meaning, mend);
    }

    public static Finding error(Place place, String meaning, String mend) {
        return new Finding(Severity.ERROR, place, "", meaning, mend);
    }

    static Finding warning(Place place, String meaning, String mend) {
        return new Finding(Severity.WARNING, place, "", meaning, mend);
    }

    private static String subject(String group, Entry entry) {
        var value = entry.value();
        var shown = value.length() > MOST_SHOWN ? value.substring(0, MOST_SHOWN) + "…" : value;
        return "[" + group + "] " + entry.key() + "=" + shown;
    }

    /// As compilers write it: `FILE:LINE: error: SUBJECT: MEANING; MEND`.
    @Override
    public String toString() {
        return place
                + ": "
                + (severity == Severity.ERROR ? "error: " : "warning: ")
                + (subject.isEmpty() ? "" : subject + ": ")
                + meaning
                + (mend.isEmpty() ? "" : "; " + mend);
    }
}
