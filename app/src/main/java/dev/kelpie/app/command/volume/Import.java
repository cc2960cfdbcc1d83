package dev.kelpie.app.command.volume;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.command.container.ContainerTarget;
import dev.kelpie.app.command.container.CopyPlan;
import dev.kelpie.engine.copy.WriteRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `volume import`: files of a tar archive into a volume that is there.
@Command(
        name = "import",
        description = "Import the files of a tar archive, plain or compressed, into a volume",
        customSynopsis = "VOLUME {FILE|-}")
final class Import implements Verb {
    private final Call call;

    @Parameters List<String> operands = new ArrayList<>();

    Import(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(2, operands);
        var name = operands.getFirst();
        var source = operands.getLast();
        try (var tree = call.engine().volumes().tree(name);
                var in =
                        source.equals("-")
                                ? call.session().stdin()
                                : call.session().openFile(source)) {
            var target = new ContainerTarget(name, tree, "/", new WriteRule(false, true));
            new CopyPlan(target).unpack(in);
            return 0;
        } catch (IOException e) {
            throw new CommandException("cannot import into '" + name + "': " + e.getMessage());
        }
    }
}
