package dev.kelpie.app.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The variables of a template's block, and of the blocks around it.
final class Scope {
    private final @Nullable Scope outer;
    private final Map<String, JsonNode> variables = new HashMap<>();

    /// The outermost: `$` is the value that the template is rendered for.
    Scope(JsonNode root) {
        outer = null;
        variables.put("$", root);
    }

    Scope(Scope outer) {
        this.outer = outer;
    }

    JsonNode get(String name) {
        return holder(name).variables.getOrDefault(name, Value.NONE);
    }

    void declare(String name, JsonNode value) {
        variables.put(name, value);
    }

    void assign(String name, JsonNode value) {
        holder(name).variables.put(name, value);
    }

    private Scope holder(String name) {
        for (var scope = this; scope != null; scope = scope.outer) {
            if (scope.variables.containsKey(name)) {
                return scope;
            }
        }
        throw new FormatException("undefined variable '" + name + "' in template");
    }
}
