package dev.kelpie.app.command.kube;

import dev.kelpie.engine.spec.Downward;
import dev.kelpie.engine.spec.EnvSource;
import dev.kelpie.engine.spec.EnvVar;
import dev.kelpie.engine.spec.LateEnv;
import dev.kelpie.engine.spec.ProcessSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Processes as a manifest can give them: an environment that is settled, or one that waits for
/// secrets.
final class RandomProcesses {
    private final RandomWords words;

    RandomProcesses(RandomWords words) {
        this.words = words;
    }

    ProcessSpec process(boolean nonRoot) {
        boolean late = words.chance(30);
        return new ProcessSpec(
                texts(),
                texts(),
                late ? List.of() : env(),
                words.maybe("/var/empty dir"),
                user(nonRoot),
                words.chance(20),
                words.chance(20),
                late ? late() : LateEnv.NONE);
    }

    private Optional<String> user(boolean nonRoot) {
        return words.chance(50)
                ? Optional.empty()
                : Optional.of(words.of(nonRoot ? "1" : "0", "1000", "1000:100", ":0"));
    }

    private Optional<List<String>> texts() {
        var texts = new ArrayList<String>();
        for (int i = words.below(4); i > 0; i--) {
            texts.add(words.text());
        }
        return texts.isEmpty() ? Optional.empty() : Optional.of(texts);
    }

    private List<EnvVar> env() {
        var env = new LinkedHashMap<String, EnvVar>();
        for (int i = words.below(5); i > 0; i--) {
            var name = words.of("A", "B", "date", "with space", "yes", "7");
            env.putIfAbsent(name, new EnvVar(name, words.text()));
        }
        return List.copyOf(env.values());
    }

    private LateEnv late() {
        var entries = new ArrayList<EnvSource>();
        for (int i = words.below(5); i > 0; i--) {
            entries.add(
                    words.chance(50)
                            ? new EnvSource.Literal(words.of("K", "k.2", "on", "3"), words.text())
                            : new EnvSource.AllOfSecret(
                                    words.of("", "PRE_"), "login", words.chance(30)));
        }
        for (int i = words.below(4); i > 0; i--) {
            entries.add(new EnvSource.Value(words.of("A", "B", "C"), words.text()));
        }
        if (words.chance(30)) {
            entries.add(
                    new EnvSource.FromDownward(
                            "E",
                            words.of(
                                    new Downward.Field("status.podIP"),
                                    new Downward.Resource(
                                            "main-0", "limits.hugepages-2Mi", 1000))));
        }
        entries.add(new EnvSource.FromSecret("D", "login", Optional.of("user"), words.chance(30)));
        return new LateEnv(entries, true);
    }
}
