package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.CopyTarget;
import dev.kelpie.app.call.HostTarget;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.TarTarget;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.copy.ContainerTree;
import dev.kelpie.engine.copy.WriteRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cp`: copies between a container and the caller's side, or between containers.
@Command(
        name = "cp",
        description = "Copy files/folders between a container and the local filesystem",
        customSynopsis = "[options] [CONTAINER:]SRC_PATH [CONTAINER:]DEST_PATH")
final class Cp implements Verb {
    private final Call call;

    @Option(
            names = {"-a", "--archive"},
            arity = "0..1",
            description = "Give what is copied into a container to its user (default true)")
    boolean archive = true;

    @Option(
            names = "--overwrite",
            arity = "0..1",
            description = "A file may take a directory's place, and the other way round")
    boolean overwrite;

    @Option(names = "--extract", arity = "0..1", hidden = true, description = "No effect")
    boolean extract;

    @Option(names = "--pause", arity = "0..1", hidden = true, description = "No effect")
    boolean pause;

    @Parameters List<String> operands = new ArrayList<>();

    Cp(Call call) {
        this.call = call;
    }

    /// One side: a container's name, or none for the caller's side; and the path there.
    private record Place(String container, String path) {
        boolean isHost() {
            return container.isEmpty();
        }
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(2, operands);
        var from = place(operands.getFirst());
        var to = place(operands.getLast());
        if (from.isHost() && to.isHost()) {
            throw FlagException.meaning(
                    "invalid arguments \"%s\", \"%s\": you must specify one container"
                            .formatted(operands.getFirst(), operands.getLast()));
        }
        for (var place : List.of(from, to)) {
            if (place.path().isEmpty()) {
                throw FlagException.meaning(
                        "a path of '" + String.join(" ", operands) + "' is empty");
            }
        }
        var names = new ArrayList<String>();
        List.of(from, to)
                .forEach(place -> {
                    if (!place.isHost()) {
                        names.add(place.container());
                    }
                });
        var trees = call.engine().containers().trees(names);
        try {
            copy(from, to, trees);
            return 0;
        } catch (IOException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        } finally {
            trees.stream().distinct().forEach(ContainerTree::close);
        }
    }

    private void copy(Place from, Place to, List<ContainerTree> trees) throws IOException {
        var target = to.isHost() ? hostTarget(to.path()) : containerTarget(to, trees.getLast());
        if (from.isHost()) {
            if (from.path().equals("-")) {
                new CopyPlan(target).unpack(call.session().stdin());
            } else {
                new CopyPlan(target).copy(new HostFiles(call.session()), from.path());
            }
        } else {
            new CopyPlan(target)
                    .copy(new ContainerFiles(from.container(), trees.getFirst()), from.path());
        }
    }

    private CopyTarget hostTarget(String path) {
        return path.equals("-")
                ? new TarTarget(call.session().stdout())
                : new HostTarget(call.session(), path, overwrite);
    }

    private CopyTarget containerTarget(Place to, ContainerTree tree) {
        return new ContainerTarget(
                to.container(), tree, to.path(), new WriteRule(archive, overwrite));
    }

    /// As the field has it: a colon makes a container, unless the word begins like a path.
    private static Place place(String word) {
        int colon = word.indexOf(':');
        return colon <= 0 || word.startsWith("/") || word.startsWith(".")
                ? new Place("", word)
                : new Place(word.substring(0, colon), word.substring(colon + 1));
    }
}
