package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `tag`.
@Command(
        name = "tag",
        description = "Give an image more names",
        customSynopsis = "IMAGE NEW-NAME [NEW-NAME...]")
final class Tag implements Verb {
    private final Call call;

    @Parameters List<String> operands = new ArrayList<>();

    Tag(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(2, operands);
        var images = call.engine().images();
        for (var name : operands.subList(1, operands.size())) {
            images.tag(operands.getFirst(), name);
        }
        return 0;
    }
}
