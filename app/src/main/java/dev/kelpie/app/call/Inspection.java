package dev.kelpie.app.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kelpie.app.format.JsonText;
import dev.kelpie.app.format.Template;
import java.util.List;
import java.util.Optional;

/// Prints what `inspect` found: a JSON array, or a template's text for each thing.
public final class Inspection {
    private Inspection() {}

    /// Prints the things; an empty array when there are none and no template.
    public static void print(Call call, Optional<String> format, List<? extends JsonNode> things) {
        if (format.isEmpty() || format.get().strip().equals("json")) {
            call.line(JsonText.pretty(Listing.array(things), 5));
            return;
        }
        var template = Template.parse(format.get());
        var out = new StringBuilder();
        for (var thing : things) {
            var text = template.render(thing);
            out.append(text).append(text.endsWith("\n") ? "" : "\n");
        }
        call.print(out.toString());
    }
}
