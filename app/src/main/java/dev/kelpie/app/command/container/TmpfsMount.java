package dev.kelpie.app.command.container;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.TmpfsFlag;
import java.util.ArrayList;

/// `--mount type=tmpfs,destination=PATH[,OPTION]...`: options of `--tmpfs` in other words.
final class TmpfsMount {
    private TmpfsMount() {}

    static TmpfsFlag of(String word) {
        var options = new ArrayList<String>();
        var target = "";
        for (var part : word.split(",", -1)) {
            int equals = part.indexOf('=');
            var key = equals < 0 ? part : part.substring(0, equals);
            var value = equals < 0 ? "" : part.substring(equals + 1);
            switch (key) {
                case "type", "bind-propagation", "consistency" -> {}
                case "dst", "destination", "target" -> target = value;
                case "tmpfs-size" -> options.add("size=" + value);
                case "tmpfs-mode" -> options.add("mode=" + value);
                case "chown", "U" -> options.add(isTrue(value) ? "U" : "");
                case "ro", "readonly" -> options.add(isTrue(value) ? "ro" : "rw");
                case "rw", "readwrite" -> options.add(isTrue(value) ? "rw" : "ro");
                case "src", "source" ->
                        throw FlagException.meaning(
                                "\"source\" option not supported for \"tmpfs\" mount types");
                default -> options.add(option(key, value));
            }
        }
        return TmpfsFlag.of(target, options);
    }

    private static String option(String key, String value) {
        if (Opposites.has(key)) {
            return Opposites.meant(key, value);
        }
        return switch (value) {
            case "", "true" -> key;
            case "false" -> "";
            default -> key + "=" + value;
        };
    }

    private static boolean isTrue(String value) {
        return value.isEmpty() || value.equals("true") || value.equals("1");
    }
}
