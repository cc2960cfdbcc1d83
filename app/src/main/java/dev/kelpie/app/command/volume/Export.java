package dev.kelpie.app.command.volume;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.command.container.TarTarget;
import dev.kelpie.app.flag.FlagException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
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
        if (output.isEmpty() && call.stdoutIsTerminal()) {
            throw FlagException.meaning("a tar archive is nothing for a terminal: use --output");
        }
        try (var tree = call.engine().volumes().tree(operands.getFirst());
                var out = out()) {
            new TarTarget(out).write("", sink -> tree.read("/", "", sink));
            return 0;
        } catch (IOException e) {
            throw new CommandException(
                    "cannot export volume '" + operands.getFirst() + "': " + e.getMessage());
        }
    }

    private OutputStream out() throws IOException {
        return output.isEmpty()
                ? call.session().stdout()
                : Files.newOutputStream(call.path(output));
    }
}
