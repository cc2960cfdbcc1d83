package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Line;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Progress;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.command.image.RegistryFlags;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.PullFlag;
import dev.kelpie.engine.NewMember;
import dev.kelpie.engine.PlayOptions;
import dev.kelpie.engine.report.PodSummary;
import dev.kelpie.engine.spec.ContainerPolicy;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.EnvVar;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.LateEnv;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.ProcessSpec;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.engine.spec.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `debug`: an ephemeral container in a running pod, with tools that the pod's images lack.
@Command(
        name = "debug",
        description = "Look into a running pod from a container of another image",
        customSynopsis = "POD --image IMAGE [options] [-- COMMAND [ARG...]]")
final class Debug implements Verb {
    private static final int RANDOM_BYTES = 3;

    private final Call call;

    @Mixin RegistryFlags registry = new RegistryFlags();

    @Option(names = "--image", description = "Image of the container")
    String image = "";

    @Option(names = "--target", description = "Container of the pod whose processes it shall see")
    String target = "";

    @Option(
            names = {"-c", "--container"},
            description = "Name of the container (default debugger-…)")
    String name = "";

    @Option(
            names = {"-e", "--env"},
            description = "Set an environment variable: KEY=VALUE")
    List<String> env = new ArrayList<>();

    @Option(
            names = {"-i", "--stdin"},
            arity = "0..1",
            description = "Pass input on")
    boolean stdin;

    @Option(
            names = {"-t", "--tty"},
            arity = "0..1",
            description = "Give it a terminal")
    boolean terminal;

    @Option(
            names = "--attach",
            arity = "0..1",
            description = "Show its output and wait for its end (default: with -i)")
    boolean attach;

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Show no progress")
    boolean quiet;

    @Option(
            names = "--image-pull-policy",
            description = "Pull the image: always, missing (default), never, newer")
    String pull = "missing";

    @Option(names = "--detach-keys", description = "Keys that detach (default ctrl-p,ctrl-q)")
    String detachKeys = "ctrl-p,ctrl-q";

    @Parameters List<String> operands = new ArrayList<>();

    Debug(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, operands);
        Line.requireKeys(detachKeys);
        if (image.isEmpty()) {
            throw FlagException.meaning("you must specify --image");
        }
        var engine = call.engine();
        var pod = engine.pods().find(operands.getFirst().replaceFirst("^pods?/", ""));
        var id = create(pod);
        var containers = engine.containers();
        if (!attach && !stdin) {
            var failure = containers.start(List.of(id)).getFirst().failure();
            if (failure.isPresent()) {
                Blueprint.removeQuietly(call, id);
                throw failure.get();
            }
            call.line(containers.find(id).name());
            return 0;
        }
        return new Front(call, id).untilEnd(attached(id), wishes());
    }

    private Front.Wishes wishes() {
        return new Front.Wishes(terminal, stdin, List.of(), detachKeys, true);
    }

    private dev.kelpie.engine.Attachment attached(String id) throws InterruptedException {
        try {
            return call.engine().containers().startAttached(id);
        } catch (RuntimeException e) {
            Blueprint.removeQuietly(call, id);
            throw e;
        }
    }

    private String create(PodSummary pod) throws InterruptedException {
        var options = PlayOptions.DEFAULT.withPull(registry.options(call));
        try (var progress = new Progress(call, quiet)) {
            return call.engine()
                    .containers()
                    .createEphemeral(
                            new NewMember(pod.id(), container(pod), List.of()),
                            target,
                            options,
                            progress::engine);
        }
    }

    private ContainerSpec container(PodSummary pod) {
        var random = new byte[RANDOM_BYTES];
        ThreadLocalRandom.current().nextBytes(random);
        var word = name.isEmpty() ? "debugger-" + HexFormat.of().formatHex(random) : name;
        return new ContainerSpec(
                new Metadata(
                        pod.spec().metadata().namespace(),
                        pod.name() + "-" + word,
                        pod.spec().metadata().labels(),
                        Map.of()),
                word,
                new ImageSource(image, PullFlag.parse(pull)),
                process(),
                List.of(),
                Resources.UNLIMITED,
                security(),
                new ContainerPolicy(
                        RestartPolicy.NEVER, 0, Optional.empty(), Duration.ofSeconds(1), false));
    }

    /// Whoever debugs wants to trace, as kubectl's profile `general` has it.
    private static Security security() {
        var usual = Security.DEFAULT;
        return new Security(
                false,
                false,
                false,
                false,
                Set.of("SYS_PTRACE"),
                Set.of(),
                usual.runAs(),
                usual.confinement());
    }

    private ProcessSpec process() {
        var words = operands.subList(1, operands.size());
        var variables = new ArrayList<EnvVar>();
        for (var text : env) {
            int equals = text.indexOf('=');
            if (equals <= 0) {
                throw FlagException.meaning("--env must be KEY=VALUE, was \"" + text + "\"");
            }
            variables.add(new EnvVar(text.substring(0, equals), text.substring(equals + 1)));
        }
        return new ProcessSpec(
                words.isEmpty() ? Optional.empty() : Optional.of(words),
                Optional.empty(),
                variables,
                Optional.empty(),
                Optional.empty(),
                terminal,
                stdin,
                LateEnv.NONE);
    }
}
