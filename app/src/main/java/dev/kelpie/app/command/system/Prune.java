package dev.kelpie.app.command.system;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Failures;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.PruneFlags;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.Filter;
import dev.kelpie.app.flag.Times;
import dev.kelpie.app.format.HumanSize;
import dev.kelpie.engine.RemoveOptions;
import dev.kelpie.engine.report.ContainerStatus;
import dev.kelpie.engine.report.Outcome;
import dev.kelpie.engine.report.PodStatus;
import dev.kelpie.image.spec.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `system prune`: everything that nobody uses.
@Command(name = "prune", description = "Remove unused data", customSynopsis = "[options]")
final class Prune implements Verb {
    private static final Set<String> FILTERS = Set.of("label", "label!", "until");

    private final Call call;
    private long freed;

    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            description = "All images that no container uses, not only those without a name")
    boolean all;

    @Mixin PruneFlags asking = new PruneFlags();

    @Option(names = "--volumes", arity = "0..1", description = "Volumes too")
    boolean volumes;

    @Option(names = "--build", arity = "0..1", hidden = true)
    boolean build;

    @Option(names = "--filter", description = "Only those that pass: label=KEY=VALUE, until=TIME")
    List<String> filters = new ArrayList<>();

    @Parameters List<String> operands = new ArrayList<>();

    Prune(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        var filter = Filter.parse(filters, FILTERS);
        if (asking.refused(call, warning())) {
            return 0;
        }
        pods(filter);
        containers(filter);
        networks(filter);
        if (volumes) {
            volumes(filter);
        }
        images(filter);
        call.line("Total reclaimed space: " + HumanSize.decimal(freed, ""));
        return 0;
    }

    private String warning() {
        return "WARNING! This command removes:\n"
                + "\t- all stopped containers\n"
                + "\t- all networks not used by at least one container\n"
                + (volumes ? "\t- all volumes not used by at least one container\n" : "")
                + (all
                        ? "\t- all images without at least one container associated with them\n"
                        : "\t- all dangling images\n");
    }

    private void pods(Filter filter) throws InterruptedException {
        var pods = call.engine().pods();
        var doomed =
                pods.list().stream()
                        .filter(pod ->
                                pod.status() == PodStatus.EXITED
                                        || pod.status() == PodStatus.STOPPED)
                        .filter(pod ->
                                passes(filter, pod.spec().metadata().labels(), pod.created()))
                        .map(pod -> pod.id())
                        .toList();
        if (!doomed.isEmpty()) {
            report("Pods", pods.remove(doomed, RemoveOptions.FORCE));
        }
    }

    private void containers(Filter filter) throws InterruptedException {
        var containers = call.engine().containers();
        var doomed = new ArrayList<String>();
        for (var container : containers.list()) {
            var status = container.state().status();
            if (container.pod().isEmpty()
                    && (status == ContainerStatus.EXITED || status == ContainerStatus.CREATED)
                    && passes(filter, container.labels(), container.state().created())) {
                doomed.add(container.id());
                freed += call.engine().diskUse().ofContainer(container.id());
            }
        }
        if (!doomed.isEmpty()) {
            report("Containers", containers.remove(doomed, RemoveOptions.FORCE));
        }
    }

    private void networks(Filter filter) throws InterruptedException {
        var networks = call.engine().networks();
        var standard = networks.find("podman").name();
        var doomed =
                networks.list().stream()
                        .filter(network -> network.members().isEmpty())
                        .filter(network -> !network.name().equals(standard))
                        .filter(network ->
                                passes(filter, network.options().labels(), network.created()))
                        .map(network -> network.name())
                        .toList();
        if (!doomed.isEmpty()) {
            report("Networks", networks.remove(doomed, false));
        }
    }

    private void volumes(Filter filter) throws InterruptedException {
        var volumes = call.engine().volumes();
        var doomed = new ArrayList<String>();
        for (var volume : volumes.list()) {
            if (volume.usedBy().isEmpty() && passes(filter, volume.labels(), volume.created())) {
                doomed.add(volume.name());
                freed += call.engine().diskUse().ofVolume(volume.mountPoint());
            }
        }
        if (!doomed.isEmpty()) {
            report("Volumes", volumes.remove(doomed, false));
        }
    }

    private void images(Filter filter) throws InterruptedException {
        var images = call.engine().images();
        long before = images.storage().size(images.all());
        var removal =
                images.prune(
                        all,
                        call.engine().imagesInUse(),
                        image -> passes(filter, image.config().config().labels(), image.created()));
        freed += before - images.storage().size(images.all());
        if (!removal.deleted().isEmpty()) {
            call.line("Deleted Images");
            call.lines(removal.deleted().stream().map(Digest::hex).toList());
        }
    }

    private boolean passes(Filter filter, Map<String, String> labels, Instant created) {
        return filter.passes((key, value) ->
                switch (key) {
                    case "label" -> Filter.hasLabel(labels, value);
                    case "label!" -> !Filter.hasLabel(labels, value);
                    default -> created.isBefore(Times.moment(key, value, call.now()));
                });
    }

    /// Somebody else may have begun to use a thing since it was listed: a note, no failure.
    private void report(String what, List<Outcome> outcomes) {
        call.line("Deleted " + what);
        for (var outcome : outcomes) {
            if (outcome.failure().isEmpty()) {
                call.line(outcome.asked());
            } else {
                call.note("Warning: " + Failures.text(outcome.failure().get()));
            }
        }
    }
}
