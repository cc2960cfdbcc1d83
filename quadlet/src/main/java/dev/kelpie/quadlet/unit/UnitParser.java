package dev.kelpie.quadlet.unit;

import dev.kelpie.quadlet.unit.Line.Comment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a unit file's text line by line (systemd.syntax(7)).
final class UnitParser {
    /// What a decoder leaves for bytes that are not UTF-8.
    private static final char REPLACED = '\uFFFD';

    private final UnitFile unit;
    private final String file;

    /// Comments that may still turn out to be those of a group's header.
    private final List<Comment> pending = new ArrayList<>();

    /// What is there of a line that goes on, and the number of its first line; 0 when there is
    /// none.
    private final StringBuilder joined = new StringBuilder();

    private int begun;
    private int number;
    private @Nullable Group group;

    UnitParser(UnitFile unit, String file) {
        this.unit = unit;
        this.file = file;
    }

    void parse(String text) {
        int from = text.startsWith("\uFEFF") ? 1 : 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            boolean last = end < 0 || end == text.length() - 1;
            number++;
            physical(text.substring(from, end < 0 ? text.length() : end).strip(), last);
            from = end < 0 ? text.length() : end + 1;
        }
        if (begun > 0) {
            lost(joined.toString().strip(), new Place(file, begun));
        }
        finish();
    }

    /// One line of the file, without blanks around it.
    private void physical(String line, boolean last) {
        if (line.isEmpty() || line.charAt(0) == '#' || line.charAt(0) == ';') {
            comment(line);
            return;
        }
        boolean continued = isContinued(line);
        if (begun == 0 && !continued) { // as nearly all
            take(line, new Place(file, number));
            return;
        }
        if (begun == 0) {
            begun = number;
        }
        joined.append(line, 0, continued ? line.length() - 1 : line.length());
        if (continued && !last) {
            joined.append(' '); // what systemd puts in the backslash's place
            return;
        }
        take(joined.toString().strip(), new Place(file, begun));
        joined.setLength(0);
        begun = 0;
    }

    /// Inside a line that goes on, comments count for nothing.
    private void comment(String line) {
        if (begun == 0) {
            pending.add(new Comment(line));
        } else if (line.isEmpty()) {
            unit.remark(
                    new Place(file, number),
                    "an empty line does not end the line that goes on ('\\') above it");
        }
    }

    /// A line goes on when its last backslash is not itself escaped by one.
    private static boolean isContinued(String line) {
        int backslashes = 0;
        while (backslashes < line.length()
                && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private void take(String line, Place place) {
        if (line.isEmpty()) {
            return;
        }
        if (line.charAt(0) == '[' && isHeader(line)) {
            group = unit.open(line.substring(1, line.indexOf(']')), place, headerComments());
            return;
        }
        int equals = line.indexOf('=');
        var key = equals <= 0 ? "" : line.substring(0, equals).stripTrailing();
        if (key.isEmpty() || line.charAt(0) == '[' || hasControl(line)) {
            unit.fault(place, notALine(line, place));
        } else if (group == null) {
            unit.fault(place, "key file does not start with a group");
        } else {
            group.add(pending);
            pending.clear();
            group.add(key, line.substring(equals + 1).stripLeading(), place);
        }
    }

    private static String notALine(String line, Place place) {
        return "file contains line "
                + place.line()
                + ": “"
                + shown(line)
                + "” which is not a key-value pair, group, or comment";
    }

    /// A line that goes on to the end of the file without ever coming to its own.
    private void lost(String line, Place place) {
        pending.add(new Comment("# " + line));
        unit.remark(place, "the line goes on ('\\') but nothing follows: it is ignored");
    }

    private static boolean isHeader(String line) {
        int close = line.indexOf(']');
        return close > 1
                && line.indexOf('[', 1) < 0
                && close == line.length() - 1
                && !hasControl(line);
    }

    /// Whether this is no text, or not in UTF-8.
    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < ' ' && c != '\t') || c == REPLACED) {
                return true;
            }
        }
        return false;
    }

    /// Enough of a line to find it by, without what would spoil a terminal or a log.
    private static String shown(String line) {
        var shown = new StringBuilder();
        for (int i = 0; i < line.length() && i < 80; i++) {
            char c = line.charAt(i);
            shown.append(Character.isISOControl(c) ? '\uFFFD' : c);
        }
        return line.length() > 80 ? shown.append('…').toString() : shown.toString();
    }

    /// The comments before a header, without the one empty line that is written before each group.
    private List<Comment> headerComments() {
        var comments = new ArrayList<>(pending);
        pending.clear();
        if (!comments.isEmpty() && comments.getFirst().text().isEmpty()) {
            comments.removeFirst();
        } else if (!comments.isEmpty() && comments.getLast().text().isEmpty()) {
            comments.removeLast();
        }
        return comments;
    }

    private void finish() {
        if (group == null) {
            unit.trail(pending);
        } else {
            group.add(pending);
        }
    }
}
