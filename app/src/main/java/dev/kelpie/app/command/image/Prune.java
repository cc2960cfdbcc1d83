package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.PruneFlags;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.Filter;
import dev.kelpie.app.flag.Times;
import dev.kelpie.image.Image;
import dev.kelpie.image.spec.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `image prune`.
@Command(name = "prune", description = "Remove unused images", customSynopsis = "[options]")
final class Prune implements Verb {
    private final Call call;

    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            description = "All that no container uses, not only those without a name")
    boolean all;

    @Mixin PruneFlags asking = new PruneFlags();

    @Option(names = "--filter", description = "Only those that pass: label=KEY=VALUE, until=TIME")
    List<String> filters = new ArrayList<>();

    @Parameters List<String> operands = new ArrayList<>();

    Prune(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        var filter = Filter.parse(filters, Set.of("label", "label!", "until"));
        if (asking.refused(call, warning())) {
            return 0;
        }
        var removal =
                call.engine()
                        .images()
                        .prune(all, call.engine().imagesInUse(), image -> passes(filter, image));
        call.engine().images().pruneBuilds(false);
        call.lines(removal.deleted().stream().map(Digest::hex).toList());
        return 0;
    }

    private boolean passes(Filter filter, Image image) {
        var labels = image.config().config().labels();
        return filter.passes((key, value) ->
                switch (key) {
                    case "label" -> Filter.hasLabel(labels, value);
                    case "label!" -> !Filter.hasLabel(labels, value);
                    default -> image.created().isBefore(Times.moment(key, value, call.now()));
                });
    }

    private String warning() {
        return all
                ? "WARNING! This command removes all images without at least one container"
                        + " associated with them."
                : "WARNING! This command removes all dangling images.";
    }
}
