package dev.kelpie.app.command.kube;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Progress;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.command.image.RegistryFlags;
import dev.kelpie.app.flag.DeviceFolders;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.PlayOptions;
import dev.kelpie.engine.report.PlayReport;
import dev.kelpie.engine.spec.PlaySpec;
import dev.kelpie.kubeplay.Playable;
import dev.kelpie.kubeplay.report.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kube play`: reads manifests, builds and pulls what is missing, makes the pods be there and run.
@Command(
        name = "play",
        description = "Play pods and deployments based on Kubernetes YAML",
        customSynopsis = "[options] [KUBEFILE [KUBEFILE...]|FOLDER]|-")
final class Play implements Verb {
    private final Call call;

    @Mixin PlayFlags reading = new PlayFlags();
    @Mixin RegistryFlags registry = new RegistryFlags();
    @Mixin ServiceFlags service = new ServiceFlags();
    @Mixin Later later = new Later();
    @Mixin StayFlags stay = new StayFlags();

    @Option(
            names = "--build",
            arity = "0..1",
            description = "Build images whose folder has a Containerfile, also when they exist")
    @Nullable Boolean build;

    @Option(names = "--context-dir", description = "Folder that holds the images' folders")
    String contextDir = "";

    @Option(names = "--dry-run", arity = "0..1", description = "Only say what would be done")
    boolean dryRun;

    @Option(names = "--replace", arity = "0..1", description = "Replace pods that differ")
    boolean replace;

    @Option(
            names = "--retry-pulls",
            arity = "0..1",
            description =
                    "Make pods also when an image cannot be pulled, and try again until it can")
    boolean retryPulls;

    @Option(names = "--start", arity = "0..1", description = "Start the pods (default true)")
    boolean start = true;

    @Option(
            names = {"-w", "--wait"},
            arity = "0..1",
            description = "Stay until the pods end, then remove what was made")
    boolean wait;

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Show no progress")
    boolean quiet;

    @Option(
            names = "--probe",
            arity = "0..1",
            description =
                    "Wait until published ports answer and say so on standard error"
                            + " (default: on a terminal, and for a folder)")
    @Nullable Boolean probe;

    @Option(names = "--down", arity = "0..1", hidden = true)
    boolean down;

    @Option(names = "--force", arity = "0..1", hidden = true)
    boolean force;

    @Parameters List<String> files = new ArrayList<>();

    Play(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        requireSense();
        later.refuse();
        service.exitCodes();
        var options = reading.options(call);
        var manifests = Manifests.read(call, files);
        if (down) {
            return Down.down(call, manifests.sources(), force);
        }
        var playable =
                KubeCommands.READER.read(manifests.sources(), reading.configMaps(call), options);
        playable.warnings().forEach(note -> call.note("Warning: " + note));
        var builder = new Builds(call, contexts(manifests), build);
        var builds = builder.of(playable.pods());
        if (dryRun) {
            return plan(playable, builds);
        }
        if (wait) {
            call.line("Use ctrl+c to clean up or wait for pods to exit");
        }
        builder.run(builds, quiet);
        noteUnmet(playable);
        var report = play(playable);
        call.print(replace ? Report.replaced(report) : "");
        call.print(Report.played(report));
        reportFailures(report);
        if (start) {
            service.stand(call, report);
        }
        if (start && wantsProbe(manifests)) {
            new PortProbe(call).say(report);
        }
        stay.untilReady(call, report);
        if (stay.attach) {
            return new Attached(call, report).untilEnd();
        }
        return wait ? new Foreground(call, manifests.sources(), report).untilEnd() : 0;
    }

    private void noteUnmet(Playable playable) throws InterruptedException {
        var containers =
                playable.pods().stream().flatMap(pod -> pod.allContainers().stream()).toList();
        var engine = call.engine();
        engine.unmet(containers).forEach(note -> call.note("Warning: " + note));
        playable.pods().stream()
                .flatMap(pod -> pod.sharing().users().stream())
                .flatMap(users -> engine.cost(users).stream())
                .distinct()
                .forEach(note -> call.note("Note: " + note));
    }

    private void requireSense() {
        if (!contextDir.isEmpty() && (build == null || !build)) {
            throw FlagException.meaning(
                    "--build must be specified when using --context-dir option");
        }
        if (force && !down) {
            throw FlagException.meaning("--force may be specified only with --down");
        }
        stay.requireSense(wait, start);
        if (retryPulls && registry.anyGiven()) {
            throw FlagException.meaning(
                    "--retry-pulls cannot be used with --authfile, --cert-dir, --creds or"
                            + " --tls-verify: later pulls know only logins, imagePullSecrets and"
                            + " registries.conf");
        }
        if (wait && !start) {
            throw FlagException.meaning(
                    "--wait requires starting the pods: not with --start=false");
        }
    }

    /// The given folder, or the manifests' own and the caller's.
    private List<Path> contexts(Manifests manifests) {
        if (!contextDir.isEmpty()) {
            return List.of(call.path(contextDir));
        }
        var contexts = new ArrayList<>(manifests.folders());
        contexts.add(call.session().workingDirectory());
        return contexts;
    }

    private PlayOptions options() {
        return new PlayOptions(replace, start, registry.options(call), retryPulls);
    }

    private int plan(Playable playable, Map<String, Path> builds) throws InterruptedException {
        call.print(Report.plan(call.engine().plan(spec(playable), options()), builds));
        playable.notes().stream()
                .filter(note -> note.verdict() != Verdict.HONOURED)
                .forEach(note -> call.note("Note: " + note));
        return 0;
    }

    private PlaySpec spec(Playable playable) {
        var pods = service.logging(call, playable.pods());
        var words = call.session().arguments();
        return playable.play()
                .withPods(
                        pods.stream()
                                .map(pod ->
                                        pod.withContainers(
                                                each -> DeviceFolders.told(words, 0, each)))
                                .toList());
    }

    private PlayReport play(Playable playable) throws InterruptedException {
        try (var progress = new Progress(call, quiet)) {
            return call.engine().play(spec(playable), options(), progress::engine);
        }
    }

    private void reportFailures(PlayReport report) {
        var failures = report.startFailures();
        if (failures.isEmpty()) {
            return;
        }
        call.print("\n");
        failures.forEach(each ->
                call.note("starting container " + each.containerId() + ": " + each.reason()));
        throw new CommandException("failed to start " + failures.size() + " containers");
    }

    private boolean wantsProbe(Manifests manifests) {
        if (probe != null) {
            return probe;
        }
        return !quiet && (call.stderrIsTerminal() || manifests.wholeFolder());
    }
}
