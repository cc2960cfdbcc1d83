package dev.kelpie.quadlet.unit;

import dev.kelpie.quadlet.unit.Line.Comment;
import dev.kelpie.quadlet.unit.Line.Entry;
import java.util.ArrayList;
import java.util.List;

/// A `[Name]` and the lines below it.
final class Group {
    final String name;
    final Place place;
    final List<Comment> header;
    final List<Line> lines = new ArrayList<>();

    Group(String name, Place place, List<Comment> header) {
        this.name = name;
        this.place = place;
        this.header = header;
    }

    Group named(String newName) {
        var renamed = new Group(newName, place, header);
        renamed.lines.addAll(lines);
        return renamed;
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
        var found = new ArrayList<Entry>();
        for (var line : lines) {
            if (line instanceof Entry entry && entry.key().equals(key)) {
                found.add(entry);
            }
        }
        return found;
    }

    void set(String key, String value) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i) instanceof Entry entry && entry.key().equals(key)) {
                lines.set(i, new Entry(key, value, Place.NOWHERE));
                return;
            }
        }
        lines.add(new Entry(key, value, Place.NOWHERE));
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
