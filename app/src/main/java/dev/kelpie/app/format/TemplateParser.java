package dev.kelpie.app.format;

import dev.kelpie.app.format.Node.Base;
import dev.kelpie.app.format.Node.Call;
import dev.kelpie.app.format.Node.Operand;
import dev.kelpie.app.format.Node.Pipeline;
import dev.kelpie.app.format.Node.Stop;
import dev.kelpie.app.format.Tokens.Kind;
import dev.kelpie.app.format.Tokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a template by the grammar of Go's text/template: text, actions, `if`, `with`, `range`,
/// variables, pipelines. Templates that define others are refused.
final class TemplateParser {
    private static final int MAX_DEPTH = 100;

    private final String text;
    private int at;
    private boolean trimNext;
    private List<Token> tokens = List.of();
    private int token;
    private int depth;

    private TemplateParser(String text) {
        this.text = text;
    }

    static List<Node> parse(String text) {
        var parser = new TemplateParser(text);
        var nodes = new ArrayList<Node>();
        var stop = parser.block(nodes);
        if (stop.isPresent()) {
            throw new FormatException("unexpected {{" + stop.get().word() + "}} in template");
        }
        return nodes;
    }

    /// Reads up to the `end` or `else` that closes the block; empty at the end of the text.
    private Optional<Stop> block(List<Node> into) {
        if (++depth > MAX_DEPTH) {
            throw new FormatException("template is nested too deeply");
        }
        while (true) {
            int open = text.indexOf("{{", at);
            if (open < 0) {
                addText(into, text.substring(at), false);
                at = text.length();
                depth--;
                return Optional.empty();
            }
            var action = action(into, open);
            if (action.startsWith("/*")) {
                continue;
            }
            tokens = Tokens.of(action);
            token = 0;
            var stop = statement(into);
            if (stop.isPresent()) {
                depth--;
                return stop;
            }
        }
    }

    /// The inside of the action at `open`; adds the text before it.
    private String action(List<Node> into, int open) {
        int close = closing(open + 2);
        var inside = text.substring(open + 2, close);
        boolean trimBefore = inside.startsWith("- ") || inside.equals("-");
        boolean trimAfter = inside.endsWith(" -") || inside.equals("-");
        addText(into, text.substring(at, open), trimBefore);
        at = close + 2;
        trimNext = trimAfter;
        var start = trimBefore ? 1 : 0;
        var end = trimAfter ? inside.length() - 1 : inside.length();
        return start > end ? "" : inside.substring(start, end).strip();
    }

    private int closing(int from) {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == '\\' && quote == '"') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '"' || c == '`') {
                quote = c;
            } else if (text.startsWith("}}", i)) {
                return i;
            }
        }
        throw new FormatException("unclosed action in template: missing '}}'");
    }

    private void addText(List<Node> into, String piece, boolean trimEnd) {
        var kept = trimNext ? piece.stripLeading() : piece;
        trimNext = false;
        kept = trimEnd ? kept.stripTrailing() : kept;
        if (!kept.isEmpty()) {
            into.add(new Node.Text(kept));
        }
    }

    private Optional<Stop> statement(List<Node> into) {
        var word = peek().kind() == Kind.NAME ? peek().text() : "";
        switch (word) {
            case "end" -> {
                take();
                return Optional.of(new Stop("end", Optional.empty()));
            }
            case "else" -> {
                take();
                return Optional.of(otherwise());
            }
            case "if", "with", "range" -> {
                take();
                into.add(control(word, wholePipeline()));
            }
            case "break" -> into.add(new Node.Break());
            case "continue" -> into.add(new Node.Continue());
            case "define", "template", "block" ->
                    throw new FormatException("{{" + word + "}} is not supported in templates");
            default -> into.add(new Node.Print(wholePipeline()));
        }
        return Optional.empty();
    }

    private Stop otherwise() {
        if (peek().kind() == Kind.END) {
            return new Stop("else", Optional.empty());
        }
        var word = take().text();
        if (!word.equals("if") && !word.equals("with")) {
            throw new FormatException("unexpected '" + word + "' after else in template");
        }
        return new Stop(word, Optional.of(wholePipeline()));
    }

    private Node control(String word, Pipeline pipeline) {
        var then = new ArrayList<Node>();
        var stop = required(block(then), word);
        List<Node> otherwise = new ArrayList<>();
        if (stop.condition().isPresent()) {
            otherwise.add(control(stop.word(), stop.condition().get()));
        } else if (stop.word().equals("else")) {
            var last = required(block(otherwise), word);
            if (!last.word().equals("end")) {
                throw new FormatException("expected {{end}} in template, found " + last.word());
            }
        }
        return switch (word) {
            case "if" -> new Node.If(pipeline, then, otherwise);
            case "with" -> new Node.With(pipeline, then, otherwise);
            default -> new Node.Range(pipeline, then, otherwise);
        };
    }

    private static Stop required(Optional<Stop> stop, String word) {
        return stop.orElseThrow(
                () -> new FormatException("{{" + word + "}} without {{end}} in template"));
    }

    private Pipeline wholePipeline() {
        var pipeline = pipeline();
        if (peek().kind() != Kind.END) {
            throw new FormatException("unexpected '" + peek().text() + "' in template action");
        }
        return pipeline;
    }

    private Pipeline pipeline() {
        var variables = new ArrayList<String>();
        boolean declares = variables(variables);
        var calls = new ArrayList<Call>();
        do {
            calls.add(call());
        } while (takeSign("|"));
        return new Pipeline(variables, declares, calls);
    }

    /// Reads `$a :=`, `$a =` or `$i, $v :=` if there; true for a declaration.
    private boolean variables(List<String> into) {
        int start = token;
        while (peek().kind() == Kind.VARIABLE) {
            into.add(take().text());
            if (takeSign(":=")) {
                return true;
            }
            if (takeSign("=")) {
                return false;
            }
            if (!takeSign(",")) {
                break;
            }
        }
        into.clear();
        token = start;
        return false;
    }

    private Call call() {
        var head = operand();
        var arguments = new ArrayList<Operand>();
        while (peek().kind() != Kind.END && !isSign("|") && !isSign(")")) {
            arguments.add(operand());
        }
        return new Call(head, arguments);
    }

    private Operand operand() {
        var base = base();
        var fields = new ArrayList<String>();
        if (base instanceof Node.Dot && tokens.get(token - 1).kind() == Kind.FIELD) {
            fields.add(tokens.get(token - 1).text());
        }
        while (peek().kind() == Kind.FIELD && !peek().spaceBefore()) {
            fields.add(take().text());
        }
        return new Operand(base, fields);
    }

    private Base base() {
        var next = take();
        return switch (next.kind()) {
            case DOT, FIELD -> new Node.Dot();
            case VARIABLE -> new Node.Variable(next.text());
            case STRING -> new Node.StringLiteral(next.text());
            case NUMBER -> new Node.NumberLiteral(next.text());
            case NAME -> named(next.text());
            case END -> throw new FormatException("missing value in template action");
            case SIGN -> {
                if (!next.text().equals("(") || ++depth > MAX_DEPTH) {
                    throw new FormatException(
                            "unexpected '" + next.text() + "' in template action");
                }
                var inner = pipeline();
                depth--;
                if (!takeSign(")")) {
                    throw new FormatException("unclosed '(' in template action");
                }
                yield new Node.Parenthesis(inner);
            }
        };
    }

    private static Base named(String name) {
        return switch (name) {
            case "true" -> new Node.BooleanLiteral(true);
            case "false" -> new Node.BooleanLiteral(false);
            case "nil" -> new Node.Nil();
            default -> new Node.Function(name);
        };
    }

    private Token peek() {
        return tokens.get(token);
    }

    private Token take() {
        var next = tokens.get(token);
        if (next.kind() != Kind.END) {
            token++;
        }
        return next;
    }

    private boolean isSign(String sign) {
        return peek().kind() == Kind.SIGN && peek().text().equals(sign);
    }

    private boolean takeSign(String sign) {
        if (!isSign(sign)) {
            return false;
        }
        take();
        return true;
    }
}
