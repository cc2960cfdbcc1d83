package dev.kelpie.app.command.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Inspection;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.fault.VolumeNotFoundException;
import dev.kelpie.engine.report.VolumeSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `volume inspect`.
@Command(
        name = "inspect",
        description = "Display what is known of volumes",
        customSynopsis = "[options] VOLUME [VOLUME...]")
final class Inspect implements Verb {
    private final Call call;

    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            description = "All volumes")
    boolean all;

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
        if (all == !names.isEmpty()) {
            throw FlagException.meaning(
                    all
                            ? "--all and volume names cannot be used together"
                            : "must provide at least one volume name");
        }
        var volumes = call.engine().volumes();
        var asked = all ? volumes.list().stream().map(VolumeSummary::name).toList() : names;
        var found = new ArrayList<ObjectNode>();
        var missing = new ArrayList<String>();
        for (var name : asked) {
            try {
                found.add(VolumeJson.of(volumes.find(name)));
            } catch (VolumeNotFoundException e) {
                missing.add(e.getMessage());
            }
        }
        Inspection.print(call, format, found);
        missing.forEach(each -> call.note("Error: " + each));
        return missing.isEmpty() ? 0 : CommandException.ERROR;
    }
}
