package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Inspection;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.image.ImageNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `image inspect`.
@Command(
        name = "inspect",
        description = "Display an image's configuration",
        customSynopsis = "[options] IMAGE [IMAGE...]")
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
        var images = call.engine().images();
        try {
            Inspection.print(
                    call, format, names.stream().map(images::get).map(ImageJson::of).toList());
            return 0;
        } catch (ImageNotFoundException e) {
            if (format.isEmpty()) {
                Inspection.print(call, format, List.of());
            }
            throw e;
        }
    }
}
