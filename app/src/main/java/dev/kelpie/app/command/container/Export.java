package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.io.IOException;
import java.nio.file.Files;
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
        if (output.isEmpty()) {
            return toStandardOutput(name);
        }
        try (var out = Files.newOutputStream(call.path(output))) {
            call.engine().snapshots().export(name, out);
            return 0;
        } catch (IOException e) {
            throw new CommandException("cannot write '" + output + "': " + e.getMessage());
        }
    }

    private int toStandardOutput(String name) throws InterruptedException {
        if (call.stdoutIsTerminal()) {
            throw new CommandException("refusing to export to terminal. Use -o flag or redirect");
        }
        try {
            call.engine().snapshots().export(name, call.session().stdout());
        } catch (IOException e) {
            throw new CommandException("cannot write to standard output: " + e.getMessage());
        }
        if (call.session().stdout().checkError()) {
            throw new CommandException("cannot write to standard output");
        }
        return 0;
    }
}
