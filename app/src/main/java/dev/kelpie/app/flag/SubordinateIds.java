package dev.kelpie.app.flag;

import dev.kelpie.engine.spec.PodUsers.IdRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The ids that the host lends to a name, see subuid(5): the ids of a container from 0 on.
final class SubordinateIds {
    private SubordinateIds() {}

    /// Reads `NAME:FIRST:COUNT` lines.
    static List<IdRange> of(Path table, String name) {
        var ranges = new ArrayList<IdRange>();
        long inside = 0;
        for (var line : lines(table)) {
            var fields = line.strip().split(":", -1);
            if (fields.length == 3
                    && fields[0].equals(name)
                    && fields[1].matches("\\d{1,10}")
                    && fields[2].matches("[1-9]\\d{0,9}")) {
                long count = Long.parseLong(fields[2]);
                ranges.add(new IdRange(inside, Long.parseLong(fields[1]), count));
                inside += count;
            }
        }
        if (ranges.isEmpty()) {
            throw FlagException.meaning("no ids are lent to \"" + name + "\" in " + table);
        }
        return ranges;
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException e) {
            throw FlagException.meaning("cannot read " + table + ": " + e.getMessage());
        }
    }
}
