package dev.kelpie.kubeplay.report;

/// A place in a file, lines and columns counted from 1; line 0 stands for the file as a whole (or
/// for a command line option, its name in `file`).
public record Place(String file, int line, int column) implements Comparable<Place> {

    public static Place whole(String file) {
        return new Place(file, 0, 0);
    }

    @Override
    public int compareTo(Place other) {
        return line != other.line
                ? Integer.compare(line, other.line)
                : Integer.compare(column, other.column);
    }

    /// As compilers write it, so that editors can jump there.
    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
