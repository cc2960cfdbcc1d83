package dev.kelpie.quadlet.unit;

/// Where a line of a unit file stands.
///
/// @param file as its reader named it, empty for a line that no file has
/// @param line counted from 1, 0 when it is the file as a whole
public record Place(String file, int line) {
    /// The place of what was added and stands in no file.
    public static final Place NOWHERE = new Place("", 0);

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line;
    }
}
