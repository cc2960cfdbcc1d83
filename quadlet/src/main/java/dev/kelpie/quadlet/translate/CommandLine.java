package dev.kelpie.quadlet.translate;

import dev.kelpie.quadlet.unit.Quoting;
import dev.kelpie.quadlet.unit.Section;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A command line that grows from the keys of a unit. Methods that take several keys take them in
/// pairs: key, flag, key, flag.
final class CommandLine {
    private final Section own;
    private final List<String> words = new ArrayList<>();

    /// @param own where the keys are
    CommandLine(Section own, String tool, String... subcommand) {
        this.own = own;
        words.add(tool);
        for (var module : own.all("ContainersConfModule")) {
            words.add("--module=" + module);
        }
        words.addAll(own.commandWords("GlobalArgs"));
        Collections.addAll(words, subcommand);
    }

    CommandLine add(String... more) {
        Collections.addAll(words, more);
        return this;
    }

    CommandLine addAll(List<String> more) {
        words.addAll(more);
        return this;
    }

    /// `FLAG VALUE` for each key that has a value.
    CommandLine texts(String... keysAndFlags) {
        for (int i = 0; i < keysAndFlags.length; i += 2) {
            var flag = keysAndFlags[i + 1];
            var value = own.text(keysAndFlags[i]);
            if (value.isPresent()) {
                add(flag, value.get());
            }
        }
        return this;
    }

    /// `FLAG VALUE` for each key that is there, be it empty.
    CommandLine settings(String... keysAndFlags) {
        for (int i = 0; i < keysAndFlags.length; i += 2) {
            var flag = keysAndFlags[i + 1];
            own.setting(keysAndFlags[i]).ifPresent(value -> add(flag, value));
        }
        return this;
    }

    /// `FLAG VALUE` for each value, as it stands.
    CommandLine all(String... keysAndFlags) {
        for (int i = 0; i < keysAndFlags.length; i += 2) {
            for (var value : own.all(keysAndFlags[i])) {
                add(keysAndFlags[i + 1], value);
            }
        }
        return this;
    }

    /// `FLAG` or `FLAG=false`.
    CommandLine truths(String... keysAndFlags) {
        for (int i = 0; i < keysAndFlags.length; i += 2) {
            var flag = keysAndFlags[i + 1];
            var yes = own.truth(keysAndFlags[i]);
            if (yes.isPresent()) {
                add(yes.get() ? flag : flag + "=false");
            }
        }
        return this;
    }

    /// `FLAG WORD` for each word of a list.
    CommandLine words(String key, String flag) {
        for (var word : own.words(key)) {
            add(flag, word);
        }
        return this;
    }

    /// `FLAG WORD` for each word, with the escapes of a command line.
    CommandLine commandWords(String key, String flag) {
        for (var word : own.commandWords(key)) {
            add(flag, word);
        }
        return this;
    }

    /// `FLAG NAME=VALUE`, by name.
    CommandLine pairs(String... keysAndFlags) {
        for (int i = 0; i < keysAndFlags.length; i += 2) {
            for (var pair : own.pairs(keysAndFlags[i]).values()) {
                add(keysAndFlags[i + 1], pair);
            }
        }
        return this;
    }

    /// What the user adds; it comes before the words that are no flags.
    CommandLine podmanArgs() {
        return addAll(own.commandWords("PodmanArgs"));
    }

    @Override
    public String toString() {
        return Quoting.join(words);
    }
}
