package dev.kelpie.app.command.system;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.facts.InfoJson;
import dev.kelpie.app.format.JsonText;
import dev.kelpie.app.format.Template;
import dev.kelpie.app.format.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `info`.
@Command(
        name = "info",
        description = "Display information on the host and the engine",
        customSynopsis = "[options]")
final class ShowFacts implements Verb {
    private final Call call;

    @Option(
            names = {"-f", "--format"},
            description = "Go template, or json")
    Optional<String> format = Optional.empty();

    @Option(
            names = {"-D", "--debug"},
            arity = "0..1",
            hidden = true)
    boolean debug;

    @Parameters List<String> operands = new ArrayList<>();

    ShowFacts(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        var here = call.surroundings();
        var json = InfoJson.of(call.engine().facts(), here.version(), here.socket());
        if (format.isEmpty()) {
            call.print(YamlText.of(json));
        } else if (format.get().equals("json")) {
            call.line(JsonText.pretty(json, 2));
        } else {
            call.line(Template.parse(format.get()).render(json));
        }
        return 0;
    }
}
