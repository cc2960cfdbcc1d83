package dev.kelpie.app.command.system;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.facts.InfoJson;
import dev.kelpie.app.format.JsonText;
import dev.kelpie.app.format.Template;
import dev.kelpie.app.format.TextTable;
import dev.kelpie.app.service.Version;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `version`.
@Command(
        name = "version",
        description = "Display version information",
        customSynopsis = "[options]")
final class ShowVersion implements Verb {
    private final Call call;

    @Option(
            names = {"-f", "--format"},
            description = "Go template, or json")
    Optional<String> format = Optional.empty();

    @Parameters List<String> operands = new ArrayList<>();

    ShowVersion(Call call) {
        this.call = call;
    }

    @Override
    public int run() {
        Operands.exactly(0, operands);
        var version = call.surroundings().version();
        if (format.isEmpty()) {
            call.print(table(version));
            return 0;
        }
        var json = JsonNodeFactory.instance.objectNode();
        json.set("Client", InfoJson.version(version));
        if (format.get().equals("json")) {
            call.line(JsonText.pretty(json, 2));
            return 0;
        }
        // client and server are one, so that both halves of a template find something
        json.set("Server", InfoJson.version(version));
        call.line(Template.parse(format.get()).render(json));
        return 0;
    }

    private static String table(Version version) {
        return TextTable.podman()
                .row(List.of("Client:", "Kelpie Engine"))
                .row(List.of("Version:", version.version()))
                .row(List.of("API Version:", Version.LIBPOD_API))
                .row(List.of("Java Version:", System.getProperty("java.version", "")))
                .row(
                        List.of(
                                "Built:",
                                InfoJson.BUILT.format(version.built().atOffset(ZoneOffset.UTC))))
                .row(List.of("OS/Arch:", Version.platform()))
                .text();
    }
}
