package dev.kelpie.app.command.secret;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Failures;
import dev.kelpie.app.call.Inspection;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.format.HumanTime;
import dev.kelpie.engine.Secrets;
import dev.kelpie.engine.fault.SecretNotFoundException;
import dev.kelpie.engine.report.SecretSummary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `secret inspect`.
@Command(
        name = "inspect",
        description = "Display what is known of secrets",
        customSynopsis = "[options] SECRET [SECRET...]")
final class Inspect implements Verb {
    private final Call call;

    @Option(
            names = {"-f", "--format"},
            description = "Go template, or json")
    Optional<String> format = Optional.empty();

    @Option(names = "--pretty", arity = "0..1", description = "As text for people")
    boolean pretty;

    @Option(names = "--showsecret", arity = "0..1", description = "Show the content, in clear")
    boolean showSecret;

    @Parameters List<String> names = new ArrayList<>();

    Inspect(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, names);
        if (pretty && format.isPresent()) {
            throw FlagException.meaning("--format and --pretty cannot be used together");
        }
        var secrets = call.engine().secrets();
        var found = new ArrayList<SecretSummary>();
        var missing = new ArrayList<SecretNotFoundException>();
        for (var name : names) {
            try {
                found.add(secrets.find(name));
            } catch (SecretNotFoundException e) {
                missing.add(e);
            }
        }
        show(secrets, found);
        missing.forEach(each -> call.note("Error: inspecting secret: " + Failures.text(each)));
        return missing.isEmpty() ? 0 : CommandException.ERROR;
    }

    private void show(Secrets secrets, List<SecretSummary> found) throws InterruptedException {
        if (pretty) {
            for (var secret : found) {
                call.print(text(secrets, secret));
            }
            return;
        }
        var things = new ArrayList<ObjectNode>();
        for (var secret : found) {
            var json = SecretJson.of(secret);
            if (showSecret) {
                json.put("SecretData", content(secrets, secret));
            }
            things.add(json);
        }
        Inspection.print(call, format, things);
    }

    private static String content(Secrets secrets, SecretSummary secret)
            throws InterruptedException {
        return new String(secrets.content(secret.id()), StandardCharsets.UTF_8);
    }

    private String text(Secrets secrets, SecretSummary secret) throws InterruptedException {
        var labels =
                new TreeMap<>(secret.labels())
                        .entrySet().stream()
                                .map(label -> label.getKey() + "=" + label.getValue())
                                .collect(Collectors.joining(", "));
        var lines = new ArrayList<Map.Entry<String, String>>();
        lines.add(Map.entry("ID:", secret.id()));
        lines.add(Map.entry("Name:", secret.name()));
        lines.add(Map.entry("Labels:", labels));
        lines.add(Map.entry("Driver:", SecretJson.DRIVER));
        lines.add(Map.entry("Created:", HumanTime.plain(secret.created())));
        lines.add(Map.entry("Updated:", HumanTime.plain(secret.updated())));
        if (showSecret) {
            lines.add(Map.entry("Secret:", content(secrets, secret)));
        }
        return lines.stream()
                .map(line ->
                        "%-17s%s".formatted(line.getKey(), line.getValue()).stripTrailing() + "\n")
                .collect(Collectors.joining());
    }
}
