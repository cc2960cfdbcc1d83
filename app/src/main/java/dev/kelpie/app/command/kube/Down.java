package dev.kelpie.app.command.kube;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Failures;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.DownOptions;
import dev.kelpie.engine.report.PodSummary;
import dev.kelpie.kubeplay.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kube down`: takes down what a manifest describes, by the names in it.
@Command(
        name = "down",
        description = "Remove pods and secrets based on Kubernetes YAML",
        customSynopsis = "[options] [KUBEFILE [KUBEFILE...]]|-")
final class Down implements Verb {
    private final Call call;

    @Option(names = "--force", arity = "0..1", description = "Remove the volumes too")
    boolean force;

    @Parameters List<String> files = new ArrayList<>();

    Down(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        return down(call, Manifests.read(call, files).sources(), force);
    }

    /// Takes down whatever pods come from these manifests; missing ones are no error.
    ///
    /// @param force the volumes of their claims too
    static int down(Call call, List<Source> sources, boolean force) throws InterruptedException {
        var described = KubeCommands.READER.names(sources);
        var workloads = described.workloads();
        var engine = call.engine();
        var names =
                engine.pods().list().stream()
                        .map(PodSummary::name)
                        .filter(name -> workloads.stream().anyMatch(each -> each.owns(name)))
                        .toList();
        var volumes = force ? described.volumes() : List.<String>of();
        var options =
                new DownOptions(
                        volumes,
                        described.secrets(),
                        described.services(),
                        described.crons(),
                        Optional.empty());
        var report = engine.down(names, options);
        call.print(Report.down(report));
        for (var failure : report.failures()) {
            failure.failure().ifPresent(why -> call.note("Error: " + Failures.text(why)));
        }
        return report.failures().isEmpty() ? 0 : CommandException.ERROR;
    }
}
