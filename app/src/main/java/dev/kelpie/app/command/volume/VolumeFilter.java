package dev.kelpie.app.command.volume;

import dev.kelpie.app.flag.Filter;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.Times;
import dev.kelpie.engine.report.VolumeSummary;
import java.time.Instant;
import java.util.Set;

/// What the filters of volumes mean.
final class VolumeFilter {
    static final Set<String> OF_LISTS =
            Set.of(
                    "name",
                    "driver",
                    "scope",
                    "label",
                    "label!",
                    "opt",
                    "until",
                    "since",
                    "after",
                    "dangling",
                    "anonymous");
    static final Set<String> OF_PRUNE = Set.of("label", "label!", "until", "all", "anonymous");

    private VolumeFilter() {}

    static boolean passes(Filter filter, VolumeSummary volume, Instant now) {
        return filter.passes((key, value) -> holds(volume, key, value, now));
    }

    private static boolean holds(VolumeSummary volume, String key, String value, Instant now) {
        return switch (key) {
            case "name" -> Filter.matches(volume.name(), value);
            case "driver", "scope" -> value.equals("local");
            case "label" -> Filter.hasLabel(volume.labels(), value);
            case "label!" -> !Filter.hasLabel(volume.labels(), value);
            case "opt" -> Filter.hasLabel(volume.options().driver(), value);
            case "until" -> volume.created().isBefore(Times.moment(key, value, now));
            case "since", "after" -> volume.created().isAfter(Times.moment(key, value, now));
            case "dangling" -> volume.usedBy().isEmpty() == truth(key, value);
            case "anonymous" -> volume.anonymous() == truth(key, value);
            default -> true;
        };
    }

    private static boolean truth(String key, String value) {
        return switch (value) {
            case "true", "1", "t", "T", "TRUE", "True" -> true;
            case "false", "0", "f", "F", "FALSE", "False" -> false;
            default ->
                    throw FlagException.meaning(
                            "filter " + key + "=" + value + ": must be true or false");
        };
    }
}
