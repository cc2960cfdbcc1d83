package dev.kelpie.app.call;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.format.JsonText;
import dev.kelpie.engine.report.FileChange;
import java.util.List;
import java.util.Locale;

/// How the `diff` commands print.
public final class ChangedFiles {

    private ChangedFiles() {}

    /// Refuses a `--format` that there is not.
    public static void checkFormat(String format) {
        if (!format.isEmpty() && !format.equals("json")) {
            throw FlagException.meaning("only supported value for '--format' is 'json'");
        }
    }

    public static void print(Call call, String format, List<FileChange> changes) {
        if (format.isEmpty()) {
            call.lines(
                    changes.stream()
                            .map(change -> change.kind().letter() + " " + change.path())
                            .toList());
        } else {
            call.line(json(changes));
        }
    }

    private static String json(List<FileChange> changes) {
        var json = JsonNodeFactory.instance.objectNode();
        for (var change : changes) {
            json.withArray(change.kind().name().toLowerCase(Locale.ROOT)).add(change.path());
        }
        return JsonText.pretty(json, 5);
    }
}
