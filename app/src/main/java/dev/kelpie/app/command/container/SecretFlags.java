package dev.kelpie.app.command.container;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.spec.EnvSource;
import dev.kelpie.engine.spec.LateEnv;
import dev.kelpie.engine.spec.ProcessSpec;
import dev.kelpie.engine.spec.Volume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/// The `--secret` flags of a new container: each a file in it, or a variable.
final class SecretFlags {
    private static final String DIRECTORY = "/run/secrets/";
    private static final int USUAL_MODE = 0444;
    private static final Set<String> OF_FILES = Set.of("uid", "gid", "mode");

    @Option(
            names = "--secret",
            description =
                    "Secret: name[,type=mount|env][,target=path or variable][,uid=0][,gid=0]"
                            + "[,mode=0444]")
    List<String> secrets = new ArrayList<>();

    /// One flag: a name and its options.
    private record Flag(String word, String name, Map<String, String> options) {
        boolean isVariable() {
            return options.getOrDefault("type", "mount").equals("env");
        }

        String target() {
            return options.getOrDefault("target", name);
        }
    }

    /// Adds the files to what the container mounts.
    void addFiles(MountFlags.Mounts mounts) {
        for (var word : secrets) {
            var flag = parse(word);
            if (!flag.isVariable()) {
                var target = flag.target();
                mounts.addFile(
                        new Volume.SecretFile(
                                flag.name(),
                                number(flag, "uid", 10, 0),
                                number(flag, "gid", 10, 0),
                                number(flag, "mode", 8, USUAL_MODE)),
                        target.startsWith("/") ? target : DIRECTORY + target);
            }
        }
    }

    /// The process with the variables, which are filled when it starts.
    ProcessSpec withVariables(ProcessSpec process) {
        var entries = new ArrayList<EnvSource>();
        for (var word : secrets) {
            var flag = parse(word);
            if (flag.isVariable()) {
                entries.add(variable(flag));
            }
        }
        return new ProcessSpec(
                process.command(),
                process.args(),
                process.env(),
                process.workingDir(),
                process.user(),
                process.terminal(),
                process.stdin(),
                entries.isEmpty() ? LateEnv.NONE : new LateEnv(entries, false));
    }

    private static EnvSource variable(Flag flag) {
        if (flag.options().keySet().stream().anyMatch(OF_FILES::contains)) {
            throw wrong(flag.word(), "uid, gid and mode are for files, not for type=env");
        }
        try {
            return new EnvSource.FromSecret(flag.target(), flag.name(), Optional.empty(), false);
        } catch (IllegalArgumentException _) {
            throw wrong(flag.word(), "'" + flag.target() + "' cannot name a variable");
        }
    }

    private static Flag parse(String word) {
        var parts = word.split(",", -1);
        if (parts[0].isEmpty() || parts[0].contains("=")) {
            throw wrong(word, "must begin with the name of a secret");
        }
        var options = new LinkedHashMap<String, String>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            var key = equals < 0 ? parts[i] : parts[i].substring(0, equals);
            if (equals < 0 || !Set.of("type", "target", "uid", "gid", "mode").contains(key)) {
                throw wrong(word, "unknown option '" + parts[i] + "'");
            }
            options.put(key, parts[i].substring(equals + 1));
        }
        var type = options.getOrDefault("type", "mount");
        if (!type.equals("mount") && !type.equals("env")) {
            throw wrong(word, "type must be mount or env, was '" + type + "'");
        }
        if (options.getOrDefault("target", "x").isEmpty()) {
            throw wrong(word, "target must not be empty");
        }
        return new Flag(word, parts[0], options);
    }

    private static int number(Flag flag, String key, int radix, int otherwise) {
        var text = flag.options().get(key);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text, radix);
            if (number >= 0 && (!key.equals("mode") || number <= 07777)) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw wrong(
                flag.word(),
                key
                        + " must be "
                        + (radix == 8 ? "octal, at most 7777" : "a number")
                        + ", was '"
                        + text
                        + "'");
    }

    private static FlagException wrong(String word, String why) {
        return FlagException.meaning("--secret \"" + word + "\": " + why);
    }
}
