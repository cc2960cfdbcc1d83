package dev.kelpie.quadlet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The generator's command line: flags with one dash or two, then the folders that systemd passes.
///
/// @param user empty when not said
record Arguments(
        boolean dryRun,
        boolean verbose,
        boolean noKmsg,
        boolean version,
        boolean help,
        Optional<Boolean> user,
        List<String> folders) {

    static final String USAGE =
            """
            Usage: kelpie quadlet-generator [flags] NORMAL-DIR [EARLY-DIR LATE-DIR]
              -dryrun
                    print the units instead of writing them; implies -v and -no-kmsg-log
              -no-kmsg-log
                    log to standard error instead of /dev/kmsg
              -user
                    generate the units of a user
              -v, -verbose
                    tell what is done
              -version
                    print the version
            """;

    /// @throws IllegalArgumentException for a flag that there is not
    static Arguments parse(List<String> words) {
        var flags = new Boolean[] {false, false, false, false, false, null};
        var folders = new ArrayList<>(words);
        while (!folders.isEmpty()
                && folders.getFirst().startsWith("-")
                && folders.getFirst().length() > 1) {
            var word = folders.removeFirst();
            if (word.equals("--")) {
                break;
            }
            var flag = word.substring(word.startsWith("--") ? 2 : 1);
            int equals = flag.indexOf('=');
            boolean value = equals < 0 || truth(flag.substring(equals + 1), word);
            flags[index(equals < 0 ? flag : flag.substring(0, equals))] = value;
        }
        return new Arguments(
                flags[0],
                flags[1],
                flags[2],
                flags[3],
                flags[4],
                Optional.ofNullable(flags[5]),
                folders);
    }

    private static int index(String flag) {
        return switch (flag) {
            case "dryrun" -> 0;
            case "v", "verbose" -> 1;
            case "no-kmsg-log" -> 2;
            case "version" -> 3;
            case "h", "help" -> 4;
            case "user" -> 5;
            default ->
                    throw new IllegalArgumentException("flag provided but not defined: -" + flag);
        };
    }

    private static boolean truth(String value, String word) {
        return switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "invalid boolean value \"" + value + "\" for " + word);
        };
    }
}
