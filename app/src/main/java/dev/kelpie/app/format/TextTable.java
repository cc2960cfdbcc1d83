package dev.kelpie.app.format;

import java.util.ArrayList;
import java.util.List;

/// Rows in aligned columns, as Go's tabwriter sets them: each column as wide as its widest cell and
/// two blanks, the last one as it is.
public final class TextTable {
    private static final int GAP = 2;

    private final List<List<String>> rows = new ArrayList<>();
    private final int minWidth;

    private TextTable(int minWidth) {
        this.minWidth = minWidth;
    }

    /// Columns of at least 12 characters with the gap, as Podman's are.
    public static TextTable podman() {
        return new TextTable(12);
    }

    /// Columns as narrow as their cells.
    public static TextTable narrow() {
        return new TextTable(0);
    }

    public TextTable row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    /// The whole table, each row ended by a new line.
    public String text() {
        return text(Integer.MAX_VALUE, false);
    }

    /// The whole table for a terminal: lines cut at `width` characters, the first in bold if asked.
    public String text(int width, boolean boldHeader) {
        var widths = widths();
        var out = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            var line = cut(line(rows.get(i), widths), width);
            out.append(boldHeader && i == 0 ? "\u001b[1m" + line + "\u001b[0m" : line).append('\n');
        }
        return out.toString();
    }

    private List<Integer> widths() {
        var widths = new ArrayList<Integer>();
        for (var row : rows) {
            for (int i = 0; i < row.size() - 1; i++) {
                int width = Math.max(minWidth, length(row.get(i)) + GAP);
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(width, widths.get(i)));
                }
            }
        }
        return widths;
    }

    private static String line(List<String> cells, List<Integer> widths) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            var cell = cells.get(i);
            line.append(cell);
            if (i < cells.size() - 1) {
                line.repeat(' ', widths.get(i) - length(cell));
            }
        }
        return line.toString();
    }

    private static String cut(String line, int width) {
        if (width <= 1 || length(line) <= width) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, width - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
