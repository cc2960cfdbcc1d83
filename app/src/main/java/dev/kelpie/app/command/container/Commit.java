package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.image.build.Assembly;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `commit`: an image of what a container has written.
@Command(
        name = "commit",
        description = "Make an image of a container's changes",
        customSynopsis = "[options] CONTAINER [IMAGE]")
final class Commit implements Verb {
    private final Call call;

    @Option(
            names = {"-a", "--author"},
            description = "Of the image")
    String author = "";

    @Option(
            names = {"-c", "--change"},
            description = "An instruction for the configuration: CMD, ENTRYPOINT, ENV, EXPOSE, ...")
    List<String> changes = new ArrayList<>();

    @Option(
            names = {"-m", "--message"},
            description = "For the history")
    String message = "";

    @Option(
            names = {"-p", "--pause"},
            arity = "0..1",
            description = "Pause the container meanwhile")
    boolean pause;

    @Option(
            names = {"-f", "--format"},
            description = "oci")
    String format = "oci";

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Print only the id")
    boolean quiet;

    @Option(names = "--iidfile", description = "Write the image's id to a file")
    String idFile = "";

    @Parameters List<String> operands = new ArrayList<>();

    @Option(
            names = {"-s", "--squash"},
            arity = "0..1",
            hidden = true)
    boolean squash;

    @Option(names = "--include-volumes", arity = "0..1", hidden = true)
    boolean volumes;

    @Option(names = "--config", hidden = true)
    String config = "";

    Commit(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        RefusedFlags.refuse("--squash", squash, "'export' and 'import' make one layer of it");
        RefusedFlags.refuse(
                "--include-volumes", volumes, "'volume export' keeps what is in volumes");
        RefusedFlags.refuse("--config", !config.isEmpty(), "use --change");
        Operands.atLeast(1, operands);
        Operands.atMost(2, operands);
        if (!format.equals("oci")) {
            throw FlagException.meaning("unsupported format \"" + format + "\": use oci");
        }
        var name = operands.getFirst();
        var names = operands.size() < 2 ? List.<String>of() : List.of(operands.get(1));
        var container = call.engine().containers().inspect(name);
        var own = new OwnConfig(container);
        own.lost().forEach(each -> call.note("not in the image: " + each));
        var all = new ArrayList<>(own.instructions());
        all.addAll(changes);
        var words =
                new Assembly.Words(
                        all,
                        author,
                        message,
                        String.join(" ", container.process().argv()),
                        call.now(),
                        List.of());
        var snapshots = call.engine().snapshots();
        var image =
                pause
                        ? snapshots.commitPaused(name, words, names)
                        : snapshots.commit(name, words, names);
        call.line(image.id().hex());
        if (!idFile.isEmpty()) {
            call.write(idFile, image.id().toString(), 0644);
        }
        return 0;
    }
}
