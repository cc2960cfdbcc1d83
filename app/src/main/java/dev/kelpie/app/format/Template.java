package dev.kelpie.app.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kelpie.app.format.Node.Pipeline;
import java.util.List;

/// A `--format` template, read once and rendered for any number of values.
///
/// Values are Jackson trees. Fields are found by their Go or JSON name alike (`.ID`, `.Id`,
/// `.HostIP`, `host_ip`); a field that a thing does not have is an error, a key that a map does not
/// have is no value.
public final class Template {
    private static final int MAX_OUTPUT = 64 << 20;

    private final List<Node> nodes;

    private Template(List<Node> nodes) {
        this.nodes = nodes;
    }

    /// Reads a template as typed; `\t` and `\n` outside of actions stand for tab and new line.
    ///
    /// @throws FormatException when it is malformed
    public static Template parse(String text) {
        return new Template(TemplateParser.parse(text.replace("\\t", "\t").replace("\\n", "\n")));
    }

    /// The text for one value.
    ///
    /// @throws FormatException when it names a field that the value does not have
    public String render(JsonNode value) {
        var out = new StringBuilder();
        run(nodes, value, new Scope(value), out);
        return out.toString();
    }

    /// Whether the template walks the list itself, so that it wants the whole list at once.
    public boolean ranges() {
        return nodes.stream().anyMatch(Node.Range.class::isInstance);
    }

    /// How a block ended.
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private Flow run(List<Node> block, JsonNode dot, Scope scope, StringBuilder out) {
        for (var node : block) {
            var flow = run(node, dot, scope, out);
            if (flow != Flow.ON) {
                return flow;
            }
            if (out.length() > MAX_OUTPUT) {
                throw new FormatException("template output is too long");
            }
        }
        return Flow.ON;
    }

    private Flow run(Node node, JsonNode dot, Scope scope, StringBuilder out) {
        return switch (node) {
            case Node.Text(String text) -> {
                out.append(text);
                yield Flow.ON;
            }
            case Node.Print(Pipeline pipeline) -> {
                var value = Evaluation.pipeline(pipeline, dot, scope);
                if (pipeline.variables().isEmpty()) {
                    out.append(Printed.named(pipeline.field(), value));
                }
                yield Flow.ON;
            }
            case Node.If(var condition, var then, var otherwise) -> {
                var inner = new Scope(scope);
                var holds = Value.isTrue(Evaluation.pipeline(condition, dot, inner));
                yield run(holds ? then : otherwise, dot, inner, out);
            }
            case Node.With(var pipeline, var then, var otherwise) -> {
                var inner = new Scope(scope);
                var value = Evaluation.pipeline(pipeline, dot, inner);
                yield Value.isTrue(value)
                        ? run(then, value, inner, out)
                        : run(otherwise, dot, inner, out);
            }
            case Node.Range range -> range(range, dot, scope, out);
            case Node.Break() -> Flow.BREAK;
            case Node.Continue() -> Flow.CONTINUE;
        };
    }

    private Flow range(Node.Range range, JsonNode dot, Scope scope, StringBuilder out) {
        var over = Evaluation.values(range.over(), dot, scope);
        var entries = Value.entries(over);
        if (entries.isEmpty()) {
            return run(range.otherwise(), dot, new Scope(scope), out);
        }
        var names = range.over().variables();
        for (var entry : entries) {
            var inner = new Scope(scope);
            if (!names.isEmpty()) {
                inner.declare(names.getLast(), entry.getValue());
            }
            if (names.size() == 2) {
                inner.declare(names.getFirst(), entry.getKey());
            }
            if (run(range.body(), entry.getValue(), inner, out) == Flow.BREAK) {
                break;
            }
        }
        return Flow.ON;
    }
}
