package dev.kelpie.app.flag;

import dev.kelpie.engine.spec.EnvVar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The environment of a container as `--env-file` and `--env` give it: `NAME=value`, `NAME` for the
/// caller's own value, `PREFIX*` for all of the caller's that begin so. Flags win over files.
public final class EnvFlags {
    private final Map<String, String> caller;
    private final Map<String, String> collected = new LinkedHashMap<>();

    /// @param caller the environment of the client
    public EnvFlags(Map<String, String> caller) {
        this.caller = caller;
    }

    /// The lines of a file: `#` begins a comment line, blank lines say nothing.
    public EnvFlags file(String name, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).stripLeading();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                word(line);
            } catch (FlagException e) {
                throw FlagException.meaning(name + ":" + (i + 1) + ": " + e.getMessage());
            }
        }
        return this;
    }

    public EnvFlags flags(List<String> words) {
        words.forEach(this::word);
        return this;
    }

    public List<EnvVar> all() {
        var all = new ArrayList<EnvVar>();
        collected.forEach((name, value) -> all.add(new EnvVar(name, value)));
        return all;
    }

    private void word(String word) {
        int equals = word.indexOf('=');
        if (equals == 0 || word.isEmpty() || word.indexOf('\0') >= 0) {
            throw FlagException.meaning("invalid environment variable: \"" + word + "\"");
        }
        if (equals > 0) {
            put(word.substring(0, equals), word.substring(equals + 1));
        } else if (word.endsWith("*")) {
            var prefix = word.substring(0, word.length() - 1);
            caller.forEach((name, value) -> {
                if (name.startsWith(prefix)) {
                    put(name, value);
                }
            });
        } else if (caller.containsKey(word)) {
            put(word, caller.getOrDefault(word, ""));
        }
    }

    private void put(String name, String value) {
        if (name.isBlank() || name.chars().anyMatch(Character::isWhitespace)) {
            throw FlagException.meaning(
                    "invalid environment variable: \"" + name + "\" contains whitespace");
        }
        collected.put(name, value);
    }
}
