package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Question;
import dev.kelpie.app.call.Verb;
import dev.kelpie.image.spec.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
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

    @Option(
            names = {"-f", "--force"},
            arity = "0..1",
            description = "Do not ask")
    boolean force;

    @Parameters List<String> operands = new ArrayList<>();

    Prune(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        if (!force && !confirmed()) {
            return 0;
        }
        var inUse =
                call.engine().containers().list().stream()
                        .map(container -> container.image().id())
                        .filter(id -> id.length() == 64)
                        .map(Digest::new)
                        .collect(Collectors.toSet());
        var removal = call.engine().images().prune(all, inUse);
        call.engine().images().pruneBuilds(false);
        call.lines(removal.deleted().stream().map(Digest::hex).toList());
        return 0;
    }

    private boolean confirmed() {
        return Question.confirmed(
                call,
                all
                        ? "WARNING! This command removes all images without at least one container"
                                + " associated with them."
                        : "WARNING! This command removes all dangling images.");
    }
}
