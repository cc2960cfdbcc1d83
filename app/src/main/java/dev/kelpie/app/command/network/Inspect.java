package dev.kelpie.app.command.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Inspection;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.fault.NetworkNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `network inspect`.
@Command(
        name = "inspect",
        description = "Display what is known of networks",
        customSynopsis = "[options] NETWORK [NETWORK...]")
final class Inspect implements Verb {
    private final Call call;

    @Option(
            names = {"-f", "--format"},
            description = "Go template, or json")
    Optional<String> format = Optional.empty();

    @Parameters List<String> names = new ArrayList<>();

    Inspect(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, names);
        var found = new ArrayList<ObjectNode>();
        var missing = new ArrayList<String>();
        for (var name : names) {
            try {
                found.add(NetworkJson.of(call.engine().networks().find(name)));
            } catch (NetworkNotFoundException e) {
                missing.add(e.getMessage());
            }
        }
        Inspection.print(call, format, found);
        missing.forEach(each -> call.note("Error: network inspect: " + each));
        return missing.isEmpty() ? 0 : CommandException.ERROR;
    }
}
