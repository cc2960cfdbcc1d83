package dev.kelpie.app.command.network;

import dev.kelpie.app.flag.Filter;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.Times;
import dev.kelpie.engine.report.NetworkSummary;
import java.time.Instant;
import java.util.Set;

/// What the filters of networks mean.
final class NetworkFilter {
    static final Set<String> OF_LISTS =
            Set.of("name", "id", "driver", "label", "label!", "dangling", "until");
    static final Set<String> OF_PRUNE = Set.of("label", "label!", "until");

    private NetworkFilter() {}

    static boolean passes(Filter filter, NetworkSummary network, Instant now) {
        return filter.passes((key, value) -> holds(network, key, value, now));
    }

    private static boolean holds(NetworkSummary network, String key, String value, Instant now) {
        var labels = network.options().labels();
        return switch (key) {
            case "name" -> Filter.matches(network.name(), value);
            case "id" -> Filter.hasId(network.id(), value);
            case "driver" -> value.equals(NetworkJson.DRIVER);
            case "label" -> Filter.hasLabel(labels, value);
            case "label!" -> !Filter.hasLabel(labels, value);
            case "until" -> network.created().isBefore(Times.moment(key, value, now));
            case "dangling" -> network.members().isEmpty() == truth(value);
            default -> true;
        };
    }

    private static boolean truth(String value) {
        return switch (value) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default ->
                    throw FlagException.meaning(
                            "filter dangling=" + value + ": must be true or false");
        };
    }
}
