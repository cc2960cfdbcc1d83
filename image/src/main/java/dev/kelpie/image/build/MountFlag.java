package dev.kelpie.image.build;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `RUN --mount=type=…,key=value,…`, read but not yet resolved.
record MountFlag(Type type, Map<String, String> options, Instruction instruction) {

    /// The kinds of mounts.
    enum Type {
        BIND,
        CACHE,
        TMPFS,
        SECRET,
        SSH
    }

    private static final Map<Type, Set<String>> KEYS =
            Map.of(
                    Type.BIND,
                    Set.of("target", "source", "from", "rw", "ro", "relabel"),
                    Type.CACHE,
                    Set.of(
                            "id", "target", "source", "from", "ro", "rw", "sharing", "mode", "uid",
                            "gid", "relabel"),
                    Type.TMPFS,
                    Set.of("target", "size", "mode"),
                    Type.SECRET,
                    Set.of("id", "target", "env", "required", "mode", "uid", "gid", "relabel"),
                    Type.SSH,
                    Set.of("id", "target", "required", "mode", "uid", "gid"));

    private static final Map<String, String> OTHER_NAMES =
            Map.ofEntries(
                    Map.entry("dst", "target"),
                    Map.entry("destination", "target"),
                    Map.entry("src", "source"),
                    Map.entry("readwrite", "rw"),
                    Map.entry("readonly", "ro"),
                    Map.entry("tmpfs-size", "size"),
                    Map.entry("tmpfs-mode", "mode"),
                    Map.entry("Z", "relabel"),
                    Map.entry("z", "relabel"));

    static MountFlag parse(String text, Instruction instruction) {
        var options = new LinkedHashMap<String, String>();
        for (var field : List.of(text.split(",", -1))) {
            var equals = field.indexOf('=');
            var written = (equals < 0 ? field : field.substring(0, equals)).strip();
            var key = OTHER_NAMES.getOrDefault(written, written);
            options.put(key, equals < 0 ? "true" : unquoted(field.substring(equals + 1)));
        }
        var name = options.getOrDefault("type", "bind");
        options.remove("type");
        Type type;
        try {
            type = Type.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw instruction.error("unknown type of --mount: '" + name + "'", e);
        }
        for (var key : options.keySet()) {
            if (!KEYS.getOrDefault(type, Set.of()).contains(key)) {
                throw instruction.error(
                        "--mount=type=" + name + " does not know '" + key + "': '" + text + "'");
            }
        }
        return new MountFlag(type, options, instruction);
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    Optional<String> get(String key) {
        return Optional.ofNullable(options.get(key));
    }

    Optional<String> from() {
        return get("from").filter(name -> !name.isEmpty());
    }

    boolean isSet(String key) {
        var value = options.get(key);
        if (value == null) {
            return false;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "1", "" -> true;
            case "false", "0" -> false;
            default ->
                    throw instruction.error(
                            "--mount: " + key + " is true or false, not '" + value + "'");
        };
    }

    int mode(int otherwise) {
        var text = options.get("mode");
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-7]{1,5}") || Integer.parseInt(text, 8) > 07777) {
            throw instruction.error("--mount: mode takes an octal number: '" + text + "'");
        }
        return Integer.parseInt(text, 8);
    }

    long number(String key) {
        var text = options.getOrDefault(key, "0");
        if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) > 0xffff_fffeL) {
            throw instruction.error("--mount: " + key + " takes a number: '" + text + "'");
        }
        return Long.parseLong(text);
    }

    /// Bytes, with `k`, `m` or `g`.
    long size() {
        var text = options.getOrDefault("size", "0").toLowerCase(Locale.ROOT);
        var digits = text.replaceFirst("[kmg]?i?b?$", "");
        if (!digits.matches("[0-9]{1,12}")) {
            throw instruction.error("--mount: size takes a number of bytes: '" + text + "'");
        }
        var unit = text.length() > digits.length() ? text.charAt(digits.length()) : 'b';
        var shift = Math.max(0, "bkmg".indexOf(unit)) * 10;
        return Long.parseLong(digits) << shift;
    }

    /// Where it is mounted; relative ones start at the working directory.
    String target(String workingDirectory, String otherwise) {
        var text = options.getOrDefault("target", otherwise);
        if (text.isEmpty()) {
            throw instruction.error(
                    "--mount=type=" + type.name().toLowerCase(Locale.ROOT) + " needs a target");
        }
        return ConfigSteps.directory(workingDirectory, text);
    }
}
