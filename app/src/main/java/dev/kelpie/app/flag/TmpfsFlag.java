package dev.kelpie.app.flag;

import dev.kelpie.engine.spec.Volume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// `--tmpfs TARGET[:OPTIONS]`, and what `--mount type=tmpfs` says of the same.
///
/// @param target absolute, inside the container
public record TmpfsFlag(String target, Volume.Tmpfs source) {

    /// What it is unless the opposite is asked for, which then stands in the place of it.
    private static final Map<String, String> USUAL =
            Map.of("ro", "rw", "suid", "nosuid", "dev", "nodev", "notmpcopyup", "tmpcopyup");

    /// Besides [#USUAL] and their opposites.
    private static final Set<String> PLAIN =
            Set.of(
                    "exec",
                    "noexec",
                    "noswap",
                    "noatime",
                    "relatime",
                    "strictatime",
                    "nodiratime",
                    "sync",
                    "U");

    /// Said of mounts in general; a tmpfs of one container is private in any case.
    private static final Set<String> IDLE =
            Set.of(
                    "",
                    "defaults",
                    "private",
                    "rprivate",
                    "slave",
                    "rslave",
                    "shared",
                    "rshared",
                    "unbindable",
                    "runbindable");

    private static final Pattern VALUED =
            Pattern.compile(
                    "mode=[0-7]{1,4}"
                            + "|(uid|gid|nr_inodes|nr_blocks)=[0-9]{1,10}[kmg]?"
                            + "|huge=(never|always|within_size|advise)|size=[0-9]{1,3}%");

    public TmpfsFlag {
        if (!target.startsWith("/")) {
            throw FlagException.meaning("tmpfs path \"" + target + "\" must be absolute");
        }
    }

    /// As typed after `--tmpfs`.
    public static TmpfsFlag parse(String word) {
        int colon = word.indexOf(':');
        return colon < 0
                ? of(word, List.of())
                : of(
                        word.substring(0, colon),
                        Arrays.asList(word.substring(colon + 1).split(",", -1)));
    }

    /// From its options one by one; of those that say the same the last counts.
    public static TmpfsFlag of(String target, List<String> options) {
        var mine = new ArrayList<>(List.of("rw", "nosuid", "nodev", "tmpcopyup"));
        for (var option : options) {
            var known = known(option);
            if (!known.isEmpty()) {
                mine.removeIf(other -> isAbout(other).equals(isAbout(known)));
                mine.add(known);
            }
        }
        mine.remove("notmpcopyup");
        mine.removeAll(Set.of("suid", "dev"));
        return new TmpfsFlag(target, new Volume.Tmpfs(mine));
    }

    /// As the OCI runtimes write it; empty for what needs no word.
    private static String known(String option) {
        if (option.startsWith("size=") && !option.endsWith("%")) {
            return "size=" + ByteSize.parse("--tmpfs", option.substring(5));
        }
        if (USUAL.containsKey(option)
                || USUAL.containsValue(option)
                || PLAIN.contains(option)
                || VALUED.matcher(option).matches()) {
            return option;
        }
        if (IDLE.contains(option)) {
            return "";
        }
        if (option.equalsIgnoreCase("z")) {
            throw FlagException.meaning(
                    "the 'z' and 'Z' options are not allowed with tmpfs mounts: invalid mount option");
        }
        throw FlagException.meaning(
                "unknown mount option \"" + option + "\": invalid mount option");
    }

    /// What two options cannot both say: `noexec` and `exec`, two sizes.
    private static String isAbout(String option) {
        return switch (option) {
            case "ro", "rw" -> "writing";
            case "noatime", "relatime", "strictatime" -> "atime";
            default -> option.replaceAll("=.*|^no(?=exec|suid|dev|tmpcopyup)", "");
        };
    }

    /// As `--tmpfs` takes it, without what goes without saying.
    public String words() {
        var options = source.options();
        var said =
                options.stream()
                        .filter(option -> !USUAL.containsValue(option))
                        .collect(Collectors.toCollection(ArrayList::new));
        if (!options.contains("nosuid")) {
            said.add("suid");
        }
        if (!options.contains("nodev")) {
            said.add("dev");
        }
        if (!options.contains("tmpcopyup")) {
            said.add("notmpcopyup");
        }
        return said.isEmpty() ? target : target + ":" + String.join(",", said);
    }
}
