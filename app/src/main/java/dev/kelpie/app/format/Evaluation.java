package dev.kelpie.app.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.kelpie.app.format.Node.Call;
import dev.kelpie.app.format.Node.Operand;
import dev.kelpie.app.format.Node.Pipeline;
import java.util.ArrayList;
import java.util.List;

/// The value of a pipeline.
final class Evaluation {
    private final JsonNode dot;
    private final Scope scope;

    private Evaluation(JsonNode dot, Scope scope) {
        this.dot = dot;
        this.scope = scope;
    }

    /// Evaluates it and sets the variable it names.
    static JsonNode pipeline(Pipeline pipeline, JsonNode dot, Scope scope) {
        var value = values(pipeline, dot, scope);
        for (var name : pipeline.variables()) {
            if (pipeline.declares()) {
                scope.declare(name, value);
            } else {
                scope.assign(name, value);
            }
        }
        return value;
    }

    /// Evaluates it only; `range` sets its variables itself.
    static JsonNode values(Pipeline pipeline, JsonNode dot, Scope scope) {
        var evaluation = new Evaluation(dot, scope);
        var piped = new ArrayList<JsonNode>();
        for (var call : pipeline.calls()) {
            var value = evaluation.call(call, piped);
            piped.clear();
            piped.add(value);
        }
        return piped.getFirst();
    }

    private JsonNode call(Call call, List<JsonNode> piped) {
        if (call.head().base() instanceof Node.Function(String name)) {
            var value = function(name, call.arguments(), piped);
            return fields(value, call.head().fields());
        }
        if (isLabelLookup(call)) {
            var arguments = arguments(call.arguments(), piped);
            var labels = Value.field(dot, Value.LABELS);
            var label = labels.path(Functions.textOf(arguments.getFirst()));
            return label.isMissingNode() ? Value.text("") : label;
        }
        if (!call.arguments().isEmpty() || !piped.isEmpty()) {
            throw new FormatException("cannot give arguments to a value that is no function");
        }
        return operand(call.head());
    }

    private boolean isLabelLookup(Call call) {
        return call.head().base() instanceof Node.Dot
                && call.head().fields().equals(List.of("Label"))
                && call.arguments().size() == 1
                && dot.has(Value.LABELS);
    }

    /// `and` and `or` leave out the arguments that no longer matter.
    private JsonNode function(String name, List<Operand> operands, List<JsonNode> piped) {
        if (!name.equals("and") && !name.equals("or")) {
            return Functions.call(name, arguments(operands, piped));
        }
        JsonNode last = Value.NONE;
        for (var operand : operands) {
            last = operand(operand);
            if (Value.isTrue(last) == name.equals("or")) {
                return last;
            }
        }
        return piped.isEmpty() ? last : piped.getLast();
    }

    private List<JsonNode> arguments(List<Operand> operands, List<JsonNode> piped) {
        var arguments = new ArrayList<JsonNode>();
        operands.forEach(operand -> arguments.add(operand(operand)));
        arguments.addAll(piped);
        return arguments;
    }

    private JsonNode operand(Operand operand) {
        var base =
                switch (operand.base()) {
                    case Node.Dot() -> dot;
                    case Node.Variable(String name) -> scope.get(name);
                    case Node.Function(String name) -> Functions.call(name, List.of());
                    case Node.StringLiteral(String value) -> Value.text(value);
                    case Node.NumberLiteral(String digits) -> number(digits);
                    case Node.BooleanLiteral(boolean value) -> BooleanNode.valueOf(value);
                    case Node.Nil() -> NullNode.getInstance();
                    case Node.Parenthesis(Pipeline inner) -> pipeline(inner, dot, scope);
                };
        return fields(base, operand.fields());
    }

    private static JsonNode fields(JsonNode value, List<String> names) {
        var found = value;
        for (var name : names) {
            found = Value.field(found, name);
        }
        return found;
    }

    private static JsonNode number(String digits) {
        try {
            return digits.contains(".")
                    ? DoubleNode.valueOf(Double.parseDouble(digits))
                    : LongNode.valueOf(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            throw new FormatException("malformed number '" + digits + "' in template");
        }
    }
}
