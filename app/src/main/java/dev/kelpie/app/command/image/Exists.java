package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `image exists`: 0 or 1, and not a word.
@Command(name = "exists", description = "Check if an image exists", customSynopsis = "IMAGE")
final class Exists implements Verb {
    private final Call call;

    @Parameters List<String> images = new ArrayList<>();

    Exists(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(1, images);
        var store = call.engine().images();
        var name = images.getFirst();
        return store.find(name).isPresent() || store.lists().exists(name) ? 0 : 1;
    }
}
