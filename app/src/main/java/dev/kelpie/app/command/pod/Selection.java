package dev.kelpie.app.command.pod;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Chosen;
import dev.kelpie.engine.report.Outcome;
import dev.kelpie.engine.report.PodSummary;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which pods a command works on.
final class Selection {
    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            description = "All pods")
    boolean all;

    @Option(
            names = {"-l", "--latest"},
            arity = "0..1",
            description = "The pod made last")
    boolean latest;

    @Option(names = "--pod-id-file", description = "Read the pod's id from a file")
    List<String> idFiles = new ArrayList<>();

    @Parameters List<String> pods = new ArrayList<>();

    List<String> names(Call call, boolean ignoreMissing) throws InterruptedException {
        var named = new ArrayList<>(pods);
        named.addAll(Chosen.fromFiles(call, idFiles, ignoreMissing));
        if (named.isEmpty() && !idFiles.isEmpty()) {
            return List.of();
        }
        var everything =
                all || latest
                        ? call.engine().pods().list().stream().map(PodSummary::id).toList()
                        : List.<String>of();
        return Chosen.of(named, all, latest, everything, "pod");
    }

    /// What was typed, or the id where nothing was.
    String typed(Outcome outcome) {
        return outcome.asked();
    }
}
