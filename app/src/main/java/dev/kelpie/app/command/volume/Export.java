package dev.kelpie.app.command.volume;

import dev.kelpie.app.call.ArchiveOutput;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.TarTarget;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `volume export`: a volume's files as a tar stream.
@Command(
        name = "export",
        description = "Export a volume's files as a tar archive",
        customSynopsis = "[options] VOLUME")
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
        var output = new ArchiveOutput(call, this.output, "export");
        try (var tree = call.engine().volumes().tree(name)) {
            output.write(out -> new TarTarget(out).write("", sink -> tree.read("/", "", sink)));
        }
        return 0;
    }
}
