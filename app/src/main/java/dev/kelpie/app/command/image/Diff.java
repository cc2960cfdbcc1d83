package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.ChangedFiles;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `image diff`: what the last layer of an image changed, or what is other than in another image.
@Command(
        name = "diff",
        description =
                "Show what an image's last layer changed, or what another image has otherwise",
        customSynopsis = "[options] IMAGE [IMAGE]")
final class Diff implements Verb {
    private final Call call;

    @Option(names = "--format", description = "json")
    String format = "";

    @Parameters List<String> operands = new ArrayList<>();

    Diff(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, operands);
        Operands.atMost(2, operands);
        ChangedFiles.checkFormat(format);
        var differences = call.engine().differences();
        var image = operands.getFirst();
        ChangedFiles.print(
                call,
                format,
                operands.size() == 2
                        ? differences.ofImages(image, operands.get(1))
                        : differences.ofImage(image));
        return 0;
    }
}
