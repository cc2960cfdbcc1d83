package dev.kelpie.app.call;

import dev.kelpie.app.flag.FlagException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Which things a command works on: those named, all, the latest, or those in id files.
public final class Chosen {
    private Chosen() {}

    /// Names, unless `--all` or `--latest` says which; `everything` is ids, oldest first.
    public static List<String> of(
            List<String> named, boolean all, boolean latest, List<String> everything, String what) {
        if (all && latest) {
            throw FlagException.meaning("--all and --latest cannot be used together");
        }
        Operands.namesUnless(all || latest, named, what);
        if (all) {
            return everything;
        }
        if (!latest) {
            return named;
        }
        return List.of(latest(everything, what));
    }

    /// The last of a list that is oldest first.
    public static <T> T latest(List<T> everything, String what) {
        if (everything.isEmpty()) {
            throw new CommandException("no " + what + " found");
        }
        return everything.getLast();
    }

    /// The ids in files that `--cidfile` and `--pod-id-file` wrote.
    public static List<String> fromFiles(Call call, List<String> files, boolean ignoreMissing) {
        var ids = new ArrayList<String>();
        for (var file : files) {
            if (ignoreMissing && call.session().lookUp(file).isEmpty()) {
                continue;
            }
            var text = new String(call.read(file), StandardCharsets.UTF_8).strip();
            if (text.isEmpty() || text.lines().count() > 1) {
                throw new CommandException("no id in '" + file + "'");
            }
            ids.add(text);
        }
        return ids;
    }
}
