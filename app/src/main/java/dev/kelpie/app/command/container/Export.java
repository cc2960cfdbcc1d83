package dev.kelpie.app.command.container;

import dev.kelpie.app.call.ArchiveOutput;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `export`: a container's root file system as a tar, without what is mounted in it.
@Command(
        name = "export",
        description = "Write a container's files as a tar",
        customSynopsis = "[options] CONTAINER")
final class Export implements Verb {
    private final Call call;

    @Option(
            names = {"-o", "--output"},
            description = "File to write (default: standard output)")
    String output = "";

    @Parameters List<String> operands = new ArrayList<>();

    Export(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(1, operands);
        var name = operands.getFirst();
        new ArchiveOutput(call, output, "export")
                .write(out -> call.engine().snapshots().export(name, out));
        return 0;
    }
}
