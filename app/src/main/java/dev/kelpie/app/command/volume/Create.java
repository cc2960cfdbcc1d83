package dev.kelpie.app.command.volume;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.KeyValues;
import dev.kelpie.engine.NewVolume;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `volume create`: prints the name.
@Command(name = "create", description = "Create a new volume", customSynopsis = "[options] [NAME]")
final class Create implements Verb {
    private final Call call;

    @Option(
            names = {"-d", "--driver"},
            description = "What keeps it: local, the only one")
    String driver = "local";

    @Option(names = "--ignore", arity = "0..1", description = "Keep a volume that is there already")
    boolean ignore;

    @Option(
            names = {"-l", "--label"},
            description = "Label: key=value")
    List<String> labels = new ArrayList<>();

    @Option(
            names = {"-o", "--opt"},
            description =
                    "type=bind|tmpfs|nfs|..., device=..., o=OPTIONS as mount(8) takes them; nocopy")
    List<String> options = new ArrayList<>();

    @Option(names = "--uid", description = "Owner of its content")
    int uid = -1;

    @Option(names = "--gid", description = "Group of its content")
    int gid = -1;

    @Parameters List<String> operands = new ArrayList<>();

    Create(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atMost(1, operands);
        call.line(call.engine().volumes().create(wanted()));
        return 0;
    }

    /// What the words ask for.
    NewVolume wanted() {
        if (!driver.isEmpty() && !driver.equals("local")) {
            throw FlagException.meaning(
                    "volume driver \"" + driver + "\" is not supported: the only one is \"local\"");
        }
        return new NewVolume(
                operands.isEmpty() ? "" : operands.getFirst(),
                KeyValues.labels(labels),
                DriverOptions.parse(options, uid, gid),
                ignore);
    }
}
