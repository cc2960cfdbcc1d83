package dev.kelpie.quadlet.unit;

/// A line of a group: a key with its value, or what only people read.
public sealed interface Line {

    /// A comment with its `#` or `;`, or an empty line.
    record Comment(String text) implements Line {}

    /// `key=value`, continuation lines already joined; the value is as it stands, quotes and all.
    record Entry(String key, String value, Place place) implements Line {}
}
