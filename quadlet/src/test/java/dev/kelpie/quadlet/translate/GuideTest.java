package dev.kelpie.quadlet.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The user's guide tells of every key, and of none that there is not.
final class GuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "quadlet.md");

    @ParameterizedTest
    @EnumSource
    void hasATableOfTheKeysOf(UnitType type) throws IOException {
        var text = Files.readString(GUIDE);
        var keys = new TreeSet<>(keysBelow(text, "### Of all types"));
        keys.addAll(keysBelow(text, "### [" + type.group() + "]"));
        assertThat(keys).containsExactlyElementsOf(new TreeSet<>(type.keys()));
    }

    private static List<String> keysBelow(String text, String title) {
        int from = text.indexOf(title);
        assertThat(from).as(title).isPositive();
        int to = text.indexOf("\n### ", from);
        return text.substring(from, to < 0 ? text.length() : to)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
    }
}
