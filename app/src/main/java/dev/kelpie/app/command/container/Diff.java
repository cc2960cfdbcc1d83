package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.ChangedFiles;
import dev.kelpie.app.call.Chosen;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.Engine;
import dev.kelpie.engine.fault.ContainerNotFoundException;
import dev.kelpie.engine.report.FileChange;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `diff`: what a container has changed of its image's files, or the last layer of an image.
@Command(
        name = "diff",
        description = "Show what a container has changed of its image's files",
        customSynopsis = "[options] CONTAINER|IMAGE")
final class Diff implements Verb {
    private final Call call;

    @Option(names = "--format", description = "json")
    String format = "";

    @Option(
            names = {"-l", "--latest"},
            arity = "0..1",
            description = "The container made last")
    boolean latest;

    @Parameters List<String> containers = new ArrayList<>();

    Diff(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(latest ? 0 : 1, containers);
        ChangedFiles.checkFormat(format);
        var engine = call.engine();
        var name =
                latest
                        ? Chosen.latest(engine.containers().list(), "container").id()
                        : containers.getFirst();
        ChangedFiles.print(call, format, changes(engine, name));
        return 0;
    }

    /// A name that no container has may be an image's.
    private static List<FileChange> changes(Engine engine, String name)
            throws InterruptedException {
        try {
            return engine.measures().changes(name);
        } catch (ContainerNotFoundException e) {
            if (engine.images().find(name).isEmpty()) {
                throw e;
            }
            return engine.differences().ofImage(name);
        }
    }
}
