package dev.kelpie.app.flag;

import dev.kelpie.engine.spec.Confinement;
import dev.kelpie.engine.spec.Confinement.AppArmor;
import dev.kelpie.engine.spec.Confinement.ProcView;
import dev.kelpie.engine.spec.Confinement.SeLinux;
import dev.kelpie.engine.spec.Confinement.Seccomp;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.PatternSyntaxException;

/// The words of `--security-opt`, `key=value` or Docker's older `key:value`, one after another; a
/// later one of the same key wins, those that name paths add up.
public final class SecurityOptions {
    private static final Set<String> LABEL_PARTS = Set.of("user", "role", "type", "level");

    private final Function<String, Path> paths;
    private boolean noNewPrivileges;
    private Seccomp seccomp = new Seccomp.Usual();
    private AppArmor appArmor = new AppArmor.Usual();
    private final Map<String, String> label = new HashMap<>();
    private final List<String> masked = new ArrayList<>();
    private final List<String> unmasked = new ArrayList<>();
    private final List<String> procOptions = new ArrayList<>();

    /// Nothing said yet.
    ///
    /// @param paths how a file that the user names is found
    public SecurityOptions(Function<String, Path> paths) {
        this.paths = paths;
    }

    public boolean noNewPrivileges() {
        return noNewPrivileges;
    }

    public Confinement confinement() {
        var seLinux =
                label.isEmpty()
                        ? Optional.<SeLinux>empty()
                        : Optional.of(
                                new SeLinux(
                                        part("user"), part("role"), part("type"), part("level")));
        return new Confinement(
                seccomp, appArmor, seLinux, new ProcView(masked, unmasked, procOptions));
    }

    private Optional<String> part(String name) {
        return Optional.ofNullable(label.get(name));
    }

    public void add(String word) {
        var parts = word.split("[=:]", 2);
        var value = parts.length > 1 ? parts[1] : "";
        if (value.isEmpty() && !word.equals("no-new-privileges")) {
            throw wrong(word);
        }
        switch (parts[0]) {
            case "no-new-privileges" -> noNewPrivileges = flag(word, value);
            case "seccomp" -> seccomp = seccomp(value);
            case "apparmor" ->
                    appArmor =
                            value.equals("unconfined")
                                    ? new AppArmor.Unconfined()
                                    : new AppArmor.Localhost(value);
            case "label" -> label(word, value);
            case "mask" -> addPaths(word, value, masked);
            case "unmask" -> addUnmasked(word, value);
            case "proc-opts" -> procOptions.addAll(procOptions(word, value));
            default -> throw wrong(word);
        }
    }

    private static boolean flag(String word, String value) {
        return switch (value) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw wrong(word);
        };
    }

    private Seccomp seccomp(String value) {
        return value.equals("unconfined")
                ? new Seccomp.Unconfined()
                : new Seccomp.File(paths.apply(value));
    }

    private void label(String word, String value) {
        if (value.equals("disable")) {
            label.clear();
            return;
        }
        var parts = value.split(":", 2);
        if (parts.length < 2 || parts[1].isEmpty() || !LABEL_PARTS.contains(parts[0])) {
            throw wrong(word);
        }
        label.put(parts[0], parts[1]);
    }

    private void addUnmasked(String word, String value) {
        if (value.equalsIgnoreCase("ALL")) {
            unmasked.add("ALL");
            return;
        }
        addPaths(word, value, unmasked);
    }

    private static void addPaths(String word, String value, List<String> all) {
        for (var path : value.split(":", -1)) {
            try {
                FileSystems.getDefault().getPathMatcher("glob:" + path);
            } catch (PatternSyntaxException _) {
                throw wrong(word);
            }
            if (!path.startsWith("/")) {
                throw wrong(word);
            }
            all.add(path);
        }
    }

    private static List<String> procOptions(String word, String value) {
        var options = List.of(value.split(",", -1));
        if (!options.stream()
                .allMatch(option -> option.matches("(hidepid|gid|subset)=[a-z0-9]+"))) {
            throw wrong(word);
        }
        return options;
    }

    private static FlagException wrong(String word) {
        return FlagException.meaning(
                "invalid --security-opt \""
                        + word
                        + "\": must be no-new-privileges, seccomp=FILE|unconfined,"
                        + " apparmor=PROFILE|unconfined, label=disable|user:U|role:R|type:T|level:L,"
                        + " mask=/PATH[:/PATH], unmask=ALL|/PATH[:/PATH], proc-opts=hidepid=2,...");
    }
}
