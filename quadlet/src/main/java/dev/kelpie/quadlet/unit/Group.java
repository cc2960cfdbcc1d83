package dev.kelpie.quadlet.unit;

import dev.kelpie.quadlet.unit.Line.Comment;
import dev.kelpie.quadlet.unit.Line.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A `[Name]` and the lines below it.
final class Group {
    final String name;
    final Place place;
    final List<Comment> header;
    private final List<Line> lines = new ArrayList<>();

    /// One bit for each key that may be here. Most keys that a translation asks for are not, and it
    /// asks for a hundred of each unit.
    private long keys;

    Group(String name, Place place, List<Comment> header) {
        this.name = name;
        this.place = place;
        this.header = header;
    }

    Group named(String newName) {
        var renamed = new Group(newName, place, header);
        renamed.addAll(lines);
        return renamed;
    }

    /// Appends the comments and lines of another group of the same name.
    void addAll(Group more) {
        lines.addAll(more.header);
        addAll(more.lines);
    }

    void add(String key, String value, Place place) {
        keys |= bit(key);
        lines.add(new Entry(key, value, place));
    }

    void add(List<Comment> comments) {
        lines.addAll(comments);
    }

    void prepend(String key, String value) {
        keys |= bit(key);
        lines.addFirst(new Entry(key, value, Place.NOWHERE));
    }

    private void addAll(List<Line> more) {
        for (var line : more) {
            if (line instanceof Entry entry) {
                keys |= bit(entry.key());
            }
            lines.add(line);
        }
    }

    private static long bit(String key) {
        return 1L << key.hashCode();
    }

    private boolean mayHave(String key) {
        return (keys & bit(key)) != 0;
    }

    List<Entry> entries() {
        var found = new ArrayList<Entry>();
        for (var line : lines) {
            if (line instanceof Entry entry) {
                found.add(entry);
            }
        }
        return found;
    }

    List<Entry> entries(String key) {
        if (!mayHave(key)) {
            return List.of();
        }
        var found = new ArrayList<Entry>();
        for (var line : lines) {
            if (line instanceof Entry entry && entry.key().equals(key)) {
                found.add(entry);
            }
        }
        return found;
    }

    Optional<Entry> last(String key) {
        for (int i = mayHave(key) ? lines.size() - 1 : -1; i >= 0; i--) {
            if (lines.get(i) instanceof Entry entry && entry.key().equals(key)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    void set(String key, String value) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i) instanceof Entry entry && entry.key().equals(key)) {
                lines.set(i, new Entry(key, value, Place.NOWHERE));
                return;
            }
        }
        add(key, value, Place.NOWHERE);
    }

    void remove(String key) {
        lines.removeIf(line -> line instanceof Entry entry && entry.key().equals(key));
    }

    void write(StringBuilder text) {
        for (var comment : header) {
            text.append(comment.text()).append('\n');
        }
        text.append('[').append(name).append("]\n");
        for (var line : lines) {
            if (line instanceof Entry entry) {
                text.append(entry.key()).append('=').append(entry.value()).append('\n');
            } else if (line instanceof Comment comment) {
                text.append(comment.text()).append('\n');
            }
        }
    }
}
