package dev.kelpie.engine.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Podman's words for user namespaces: `host`, `auto[:size=N]`, `keep-id[:uid=N,gid=N,size=N]`,
/// `nomap`, and `INSIDE:OUTSIDE:COUNT` for single ranges.
public final class PodUsersSyntax {

    /// Podman's annotation of pods, its value one of these words.
    public static final String ANNOTATION = "io.podman.annotations.userns";

    private static final long MOST_IDS = (1L << 32) - 1;

    private PodUsersSyntax() {}

    /// Empty for the engine's own users.
    ///
    /// @param hostPaths of an `auto`
    /// @throws IllegalArgumentException with what is wrong and the text quoted
    public static Optional<PodUsers> parse(String text, boolean hostPaths) {
        var colon = text.indexOf(':');
        var mode = colon < 0 ? text : text.substring(0, colon);
        var rest = colon < 0 ? "" : text.substring(colon + 1);
        return switch (mode) {
            case "", "host" -> plain(text, rest, Optional.empty());
            case "nomap" -> plain(text, rest, Optional.of(new PodUsers.NoMap()));
            case "auto", "private" -> {
                var options = options(text, rest, List.of("size"));
                yield Optional.of(new PodUsers.Auto(number(options, "size"), hostPaths));
            }
            case "keep-id" -> {
                var options = options(text, rest, List.of("uid", "gid", "size"));
                yield Optional.of(
                        new PodUsers.KeepId(
                                id(options, "uid"), id(options, "gid"), number(options, "size")));
            }
            case "ns", "container" ->
                    throw refused(text, "is not supported: use host, auto, keep-id or nomap");
            default -> throw refused(text, "is none of host, auto, keep-id and nomap");
        };
    }

    /// The word for it; empty where it has none.
    public static Optional<String> word(PodUsers users) {
        return switch (users) {
            case PodUsers.Auto(var size, _) -> {
                var ids = size.isPresent() ? ":size=" + size.getAsLong() : "";
                yield Optional.of("auto" + ids);
            }
            case PodUsers.KeepId(var uid, var gid, var size) -> {
                var options = new ArrayList<String>();
                uid.ifPresent(id -> options.add("uid=" + id));
                gid.ifPresent(id -> options.add("gid=" + id));
                size.ifPresent(count -> options.add("size=" + count));
                yield Optional.of(
                        options.isEmpty() ? "keep-id" : "keep-id:" + String.join(",", options));
            }
            case PodUsers.NoMap _ -> Optional.of("nomap");
            case PodUsers.Mapped _ -> Optional.empty();
            case PodUsers.Settled(var asked, _, _) -> word(asked);
        };
    }

    /// Ranges as `--uidmap` and `--gidmap` name them; a COUNT that is left out is 1.
    public static List<PodUsers.IdRange> ranges(List<String> texts) {
        var ranges = new ArrayList<PodUsers.IdRange>();
        for (var text : texts) {
            var words = text.split(":", -1);
            if (words.length < 2
                    || words.length > 3
                    || !List.of(words).stream().allMatch(PodUsersSyntax::isNumber)) {
                throw new IllegalArgumentException(
                        "id mapping '" + text + "' is not INSIDE:OUTSIDE:COUNT");
            }
            long count = words.length == 3 ? Long.parseLong(words[2]) : 1;
            ranges.add(
                    new PodUsers.IdRange(
                            Long.parseLong(words[0]), Long.parseLong(words[1]), count));
        }
        return List.copyOf(ranges);
    }

    private static Optional<PodUsers> plain(String text, String rest, Optional<PodUsers> users) {
        if (!rest.isEmpty()) {
            throw refused(text, "takes no options");
        }
        return users;
    }

    private static Map<String, Long> options(String text, String rest, List<String> known) {
        var options = new LinkedHashMap<String, Long>();
        for (var option : rest.isEmpty() ? List.<String>of() : List.of(rest.split(",", -1))) {
            var equals = option.indexOf('=');
            var name = equals < 0 ? option : option.substring(0, equals);
            var value = option.substring(equals + 1);
            if (!known.contains(name)) {
                throw refused(text, "has the option '" + name + "', known are " + known);
            }
            if (equals < 0 || !isNumber(value)) {
                throw refused(text, "needs a number for '" + name + "'");
            }
            options.put(name, Long.valueOf(value));
        }
        return options;
    }

    private static boolean isNumber(String text) {
        return text.matches("[0-9]{1,10}") && Long.parseLong(text) <= MOST_IDS;
    }

    private static OptionalLong number(Map<String, Long> options, String name) {
        var value = options.get(name);
        if (value != null && value == 0) {
            throw new IllegalArgumentException("a user namespace of size '0' has no users");
        }
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static OptionalInt id(Map<String, Long> options, String name) {
        var value = options.get(name);
        if (value != null && value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " '" + value + "' is too large");
        }
        return value == null ? OptionalInt.empty() : OptionalInt.of(value.intValue());
    }

    private static IllegalArgumentException refused(String text, String why) {
        return new IllegalArgumentException("user namespace '" + text + "' " + why);
    }
}
