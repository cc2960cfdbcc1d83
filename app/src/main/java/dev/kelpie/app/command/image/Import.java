package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.image.build.Assembly;
import dev.kelpie.image.spec.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `import`: an image of one layer, out of a tar of a root file system.
@Command(
        name = "import",
        description = "Make an image of a tar",
        customSynopsis = "[options] PATH [NAME]")
final class Import implements Verb {
    private final Call call;

    @Option(
            names = {"-c", "--change"},
            description = "An instruction for the configuration: CMD, ENTRYPOINT, ENV, EXPOSE, ...")
    List<String> changes = new ArrayList<>();

    @Option(
            names = {"-m", "--message"},
            description = "For the history")
    String message = "";

    @Option(names = "--arch", description = "Architecture instead of this machine's")
    String architecture = "";

    @Option(names = "--os", description = "Operating system instead of this machine's")
    String os = "";

    @Option(names = "--variant", description = "Variant of the architecture")
    String variant = "";

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Show no progress (there is none)")
    boolean quiet;

    @Parameters List<String> operands = new ArrayList<>();

    Import(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, operands);
        Operands.atMost(2, operands);
        var source = operands.getFirst();
        if (source.matches("https?://.*")) {
            throw FlagException.meaning(
                    "cannot import from an address: fetch it, and pipe it in with '-'");
        }
        var names = operands.size() < 2 ? List.<String>of() : List.of(operands.get(1));
        var words =
                new Assembly.Words(
                        changes,
                        "",
                        message.isEmpty() ? "Imported from " + source : message,
                        "/bin/sh -c #(nop) ADD file in /",
                        call.now(),
                        List.of());
        try (var tar =
                source.equals("-") ? call.session().stdin() : call.session().openFile(source)) {
            var image = call.engine().images().importTar(tar, platform(), words, names);
            call.line(image.id().toString());
            return 0;
        } catch (IOException e) {
            throw new CommandException("cannot read '" + source + "': " + e.getMessage());
        }
    }

    private Platform platform() {
        var host = Platform.host();
        return new Platform(
                os.isEmpty() ? host.os() : os,
                architecture.isEmpty() ? host.architecture() : architecture,
                variant.isEmpty() ? Optional.empty() : Optional.of(variant));
    }
}
