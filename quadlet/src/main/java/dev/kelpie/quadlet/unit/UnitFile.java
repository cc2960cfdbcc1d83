package dev.kelpie.quadlet.unit;

import dev.kelpie.quadlet.unit.Line.Comment;
import dev.kelpie.quadlet.unit.Line.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A unit file in memory: groups with their lines and comments in order, to be read, changed in
/// place and written again.
public final class UnitFile {
    /// A picture by the name of a unit has one in every line: these say enough.
    private static final int MOST_FAULTS = 20;

    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<Fault> remarks = new ArrayList<>();
    private final List<Comment> trailer = new ArrayList<>();

    /// Reads what can be read; [#faults] tells what could not.
    ///
    /// @param file its name for [Place]
    public static UnitFile parse(String file, String text) {
        var unit = new UnitFile();
        new UnitParser(unit, file).parse(text);
        return unit;
    }

    /// What was wrong with the text, in the order of the lines.
    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    /// What the text hardly means, though it can be read.
    public List<Fault> remarks() {
        return List.copyOf(remarks);
    }

    /// The names of the groups, in order.
    public List<String> groups() {
        return List.copyOf(groups.keySet());
    }

    public boolean has(String group) {
        return groups.containsKey(group);
    }

    /// Where the group's header stands.
    public Place placeOf(String group) {
        var found = groups.get(group);
        return found == null ? Place.NOWHERE : found.place;
    }

    public List<Entry> entries(String group) {
        var found = groups.get(group);
        return found == null ? List.of() : found.entries();
    }

    public List<Entry> entries(String group, String key) {
        var found = groups.get(group);
        return found == null ? List.of() : found.entries(key);
    }

    public Optional<Entry> last(String group, String key) {
        var found = groups.get(group);
        return found == null ? Optional.empty() : found.last(key);
    }

    /// The group's values, read in the ways that systemd has.
    ///
    /// @param trouble hears of each value that cannot be read and is left out
    public Section section(String group, Consumer<Fault> trouble) {
        return new Section(this, group, trouble);
    }

    /// Appends a line to the group.
    public void add(String group, String key, String value) {
        need(group).add(key, value, Place.NOWHERE);
    }

    /// Changes the key's last line, or appends one.
    public void set(String group, String key, String value) {
        need(group).set(key, value);
    }

    /// Puts a line first in the group.
    public void prepend(String group, String key, String value) {
        need(group).prepend(key, value);
    }

    /// Takes all lines of the key away.
    public void remove(String group, String key) {
        var found = groups.get(group);
        if (found != null) {
            found.remove(key);
        }
    }

    /// Gives a group another name; when that is taken, the lines go to the end of it.
    public void rename(String oldName, String newName) {
        if (!groups.containsKey(oldName)) {
            return;
        }
        var renamed = new LinkedHashMap<String, Group>();
        var taken = groups.get(newName);
        for (var group : groups.values()) {
            if (!group.name.equals(oldName)) {
                renamed.put(group.name, group);
            } else if (taken == null) {
                renamed.put(newName, group.named(newName));
            } else {
                taken.addAll(group);
            }
        }
        groups.clear();
        groups.putAll(renamed);
    }

    /// Appends a drop-in's lines to the groups of the same names. Its faults stay its own.
    public void merge(UnitFile dropIn) {
        for (var theirs : dropIn.groups.values()) {
            var ours = groups.get(theirs.name);
            if (ours == null) {
                groups.put(theirs.name, theirs.named(theirs.name));
            } else {
                ours.addAll(theirs);
            }
        }
    }

    /// The file's text.
    ///
    /// @param top comment lines that come before everything
    public String text(List<String> top) {
        var text = new StringBuilder(1024);
        for (var line : top) {
            text.append(line).append('\n');
        }
        boolean first = true;
        for (var group : groups.values()) {
            if (!first) {
                text.append('\n');
            }
            first = false;
            group.write(text);
        }
        for (var comment : trailer) {
            text.append(comment.text()).append('\n');
        }
        return text.toString();
    }

    void fault(Place place, String message) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(new Fault(place, message));
        }
    }

    void remark(Place place, String message) {
        remarks.add(new Fault(place, message));
    }

    void trail(List<Comment> comments) {
        trailer.addAll(comments);
    }

    /// The group that a header opens; one that was there before is continued.
    Group open(String name, Place place, List<Comment> header) {
        var known = groups.get(name);
        if (known != null) {
            known.add(header);
            return known;
        }
        var group = new Group(name, place, List.copyOf(header));
        groups.put(name, group);
        return group;
    }

    private Group need(String group) {
        var found = groups.get(group);
        return found == null ? open(group, Place.NOWHERE, List.of()) : found;
    }
}
