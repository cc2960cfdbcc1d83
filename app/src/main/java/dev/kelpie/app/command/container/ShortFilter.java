package dev.kelpie.app.command.container;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// `-f` for `--filter`, where it does not stand for `--force`.
final class ShortFilter {
    @Option(names = "-f", hidden = true)
    List<String> filters = new ArrayList<>();

    void addTo(Selection selection) {
        selection.filters.addAll(filters);
    }
}
