package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.PruneFlags;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.ByteSize;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `builder prune`: the steps of builds that are kept for the next one.
@Command(
        name = "prune",
        description = "Remove what is kept of builds for the next ones",
        customSynopsis = "[options]")
final class BuilderPrune implements Verb {
    private final Call call;

    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            description = "Also steps whose layers an image has, and cache mounts")
    boolean all;

    @Option(
            names = {"--keep-storage", "--max-used-space"},
            description = "Only the steps used longest ago, until the rest takes so much: 5g")
    String keep = "";

    @Mixin PruneFlags asking = new PruneFlags();

    @Parameters List<String> operands = new ArrayList<>();

    BuilderPrune(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        if (asking.refused(call, "WARNING! This command removes the build cache of this engine.")) {
            return 0;
        }
        var images = call.engine().images();
        int count =
                keep.isEmpty()
                        ? images.pruneBuilds(all)
                        : images.trimBuilds(ByteSize.parse("--keep-storage", keep));
        call.line("Removed " + count + " cached build steps");
        return 0;
    }
}
