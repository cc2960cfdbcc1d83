package dev.kelpie.app.format;

import java.util.List;
import java.util.Optional;

/// A piece of a parsed template.
sealed interface Node {
    /// Text outside of `{{ }}`.
    record Text(String text) implements Node {}

    /// `{{ pipeline }}`: print its value, unless it only sets variables.
    record Print(Pipeline pipeline) implements Node {}

    record If(Pipeline condition, List<Node> then, List<Node> otherwise) implements Node {}

    /// `{{with}}`: the dot becomes the value, if it is not empty.
    record With(Pipeline value, List<Node> then, List<Node> otherwise) implements Node {}

    record Range(Pipeline over, List<Node> body, List<Node> otherwise) implements Node {}

    record Break() implements Node {}

    record Continue() implements Node {}

    /// Commands joined by `|`; the value of each is the last argument of the next. `variables` are
    /// set to the value (two for `range $i, $v :=`).
    record Pipeline(List<String> variables, boolean declares, List<Call> calls) {
        /// The name of the field that it is; empty for anything else.
        String field() {
            var head = calls.getFirst().head();
            return calls.size() > 1 || head.fields().isEmpty() ? "" : head.fields().getLast();
        }
    }

    /// One command of a pipeline: an operand, or a function with its arguments.
    record Call(Operand head, List<Operand> arguments) {}

    /// A value in a pipeline, followed by `.Field` names.
    record Operand(Base base, List<String> fields) {}

    /// What an operand starts with.
    sealed interface Base {}

    record Dot() implements Base {}

    record Variable(String name) implements Base {}

    record Function(String name) implements Base {}

    record StringLiteral(String value) implements Base {}

    record NumberLiteral(String digits) implements Base {}

    record BooleanLiteral(boolean value) implements Base {}

    record Nil() implements Base {}

    record Parenthesis(Pipeline pipeline) implements Base {}

    /// The end of a block that a parser came upon: `end`, `else`, or `else if`/`else with`.
    record Stop(String word, Optional<Pipeline> condition) {}
}
