package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.session.ClientFile;
import dev.kelpie.app.session.StandardStream;
import dev.kelpie.image.Loaded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `load`: images out of an archive, from a file, a folder or standard input.
@Command(name = "load", description = "Load images from an archive", customSynopsis = "[options]")
final class Load implements Verb {
    private final Call call;

    @Option(
            names = {"-i", "--input"},
            description = "Archive file or folder, - for standard input")
    String input = "-";

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Show no progress")
    boolean quiet;

    @Parameters List<String> operands = new ArrayList<>();

    Load(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        boolean stdin = input.equals("-");
        if (stdin && call.session().isTerminal(StandardStream.STDIN)) {
            throw new CommandException(
                    "cannot read from terminal, use command-line redirection or the --input flag");
        }
        if (!stdin && isDirectory(input)) {
            print(call.engine().images().load(new ImageFolder(call.session(), input), input));
            return 0;
        }
        try (var archive = stdin ? call.session().stdin() : call.session().openFile(input)) {
            print(call.engine().images().load(archive, stdin ? "<stdin>" : input));
            return 0;
        } catch (IOException e) {
            throw new CommandException("cannot read '" + input + "': " + e.getMessage());
        }
    }

    private boolean isDirectory(String path) {
        return call.session()
                .lookUp(path)
                .filter(file -> file.kind() == ClientFile.Kind.DIRECTORY)
                .isPresent();
    }

    private void print(List<Loaded> all) {
        var lines = new ArrayList<String>();
        for (Loaded loaded : all) {
            if (loaded.names().isEmpty()) {
                lines.add("Loaded image: " + loaded.image().id());
            }
            loaded.names().forEach(each -> lines.add("Loaded image: " + each));
        }
        call.lines(lines);
    }
}
