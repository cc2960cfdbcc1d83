package dev.kelpie.app.command.kube;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.command.choice.Wanted;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.KindFlags;
import dev.kelpie.app.flag.Times;
import dev.kelpie.kubegenerate.KubeGenerator;
import dev.kelpie.kubegenerate.apply.Access;
import dev.kelpie.kubegenerate.apply.Cluster;
import dev.kelpie.kubegenerate.apply.Objects;
import dev.kelpie.kubegenerate.apply.Programs;
import dev.kelpie.kubegenerate.apply.Result;
import dev.kelpie.kubegenerate.apply.Wishes;
import dev.kelpie.runtime.CommandFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kube apply`: objects of files, or what runs here, to a real cluster.
@Command(
        name = "apply",
        description = "Apply YAML, or what runs here, to a Kubernetes cluster",
        customSynopsis = "[options] [CONTAINER|POD|VOLUME...]")
final class Apply implements Verb {
    private final Call call;

    @Option(
            names = {"-f", "--file"},
            description = "File to apply, or - for standard input")
    List<String> files = new ArrayList<>();

    @Option(
            names = {"-k", "--kubeconfig"},
            description = "Kubeconfig (default: $KUBECONFIG, else ~/.kube/config)")
    String kubeconfig = "";

    @Option(names = "--context", description = "Context of the kubeconfig (default: its current)")
    String context = "";

    @Option(
            names = {"--ns", "--namespace"},
            description = "Namespace of what names none (default: the context's)")
    String namespace = "";

    @Option(
            names = "--ca-cert-file",
            description = "Certificate of the server's authority, or 'insecure' to trust anyone")
    String authority = "";

    @Option(
            names = "--dry-run",
            arity = "0..1",
            fallbackValue = "server",
            description = "server: the cluster checks and changes nothing; none")
    String dryRun = "none";

    @Option(
            names = "--force-conflicts",
            arity = "0..1",
            description = "Take over fields that another manager has")
    boolean force;

    @Option(names = "--wait", arity = "0..1", description = "Wait until it is all ready")
    boolean wait;

    @Option(names = "--timeout", description = "How long to wait (default 5m)")
    String timeout = "5m";

    @Option(
            names = "--allow-local-images",
            arity = "0..1",
            description = "Apply even what needs images that exist only here")
    boolean localImages;

    @Mixin KindFlags kinds = new KindFlags();

    @Parameters List<String> names = new ArrayList<>();

    Apply(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        requireSense();
        var access = access();
        var all = new ArrayList<Objects>();
        if (!names.isEmpty()) {
            all.add(ofNames());
        }
        for (var file : files) {
            var text = new String(call.read(file), StandardCharsets.UTF_8);
            all.add(Objects.parse(text, file));
        }
        var objects = Objects.of(all);
        LocalImages.require(call, objects.images(), localImages);
        return send(objects, access);
    }

    private void requireSense() {
        if (names.isEmpty() && files.isEmpty()) {
            throw FlagException.meaning("requires at least 1 arg(s), only received 0");
        }
        if (!names.isEmpty() && !files.isEmpty()) {
            throw FlagException.meaning("--file cannot be used together with names");
        }
        if (!files.isEmpty() && kinds.given()) {
            throw FlagException.meaning(
                    "cannot set --service and --file at the same time; the same holds for --type"
                            + " and --replicas");
        }
        if (!List.of("none", "server").contains(dryRun)) {
            throw FlagException.meaning(
                    "invalid --dry-run \"" + dryRun + "\": must be server or none");
        }
    }

    private Objects ofNames() throws InterruptedException {
        var wanted = new Wanted(names, false, List.of(), false).find(call.engine());
        var generated = KubeGenerator.generate(wanted, kinds.options(false, ""));
        generated.losses().forEach(loss -> call.note("Note: " + loss));
        return Objects.parse(generated.text(), "generated");
    }

    private int send(Objects objects, Access access) throws InterruptedException {
        var wishes =
                new Wishes(
                        namespace.isEmpty() ? Optional.empty() : Optional.of(namespace),
                        dryRun.equals("server"),
                        force,
                        wait ? Optional.of(Times.span("--timeout", timeout)) : Optional.empty());
        try (var cluster = Cluster.open(access)) {
            var results = cluster.apply(objects, wishes, result -> tell(result, wishes));
            var undone = results.stream().filter(result -> !result.done()).toList();
            if (undone.isEmpty()) {
                return 0;
            }
            call.note(
                    "Error: not done on "
                            + cluster.address()
                            + ": "
                            + String.join(", ", undone.stream().map(Result::name).toList()));
            return CommandException.ERROR;
        }
    }

    private void tell(Result result, Wishes wishes) {
        var name = result.name();
        switch (result.outcome()) {
            case Result.Outcome.Applied(String change) ->
                    call.line(name + " " + change + (wishes.dryRun() ? " (server dry run)" : ""));
            case Result.Outcome.Ready() -> call.line(name + " ready");
            case Result.Outcome.Failed(String reason) ->
                    call.note("Error: " + name + ": " + reason);
            case Result.Outcome.NotDone(String _) -> call.note("Not done: " + name);
        }
    }

    private Access access() {
        Optional<Access.Authority> trusted =
                switch (authority) {
                    case "" -> Optional.empty();
                    case "insecure" -> Optional.of(new Access.Authority.Anyone());
                    default -> Optional.of(new Access.Authority.InFile(call.path(authority)));
                };
        return new Access(
                kubeconfigs(),
                context.isEmpty() ? Optional.empty() : Optional.of(context),
                trusted,
                new Access.Caller(call.path("."), call.session().environment()),
                this::run);
    }

    private Programs.Ended run(List<String> argv, Map<String, String> environment)
            throws IOException, InterruptedException {
        var command =
                dev.kelpie.runtime.Command.of(argv)
                        .in(call.path("."))
                        .withWholeEnvironment(environment);
        try {
            var result = command.attempt();
            return new Programs.Ended(result.exit(), result.stdout(), result.stderr());
        } catch (CommandFailedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private List<Path> kubeconfigs() {
        Map<String, String> environment = call.session().environment();
        if (!kubeconfig.isEmpty()) {
            return List.of(call.path(kubeconfig));
        }
        var said = environment.getOrDefault("KUBECONFIG", "");
        var home = environment.getOrDefault("HOME", "");
        if (!said.isEmpty()) {
            return Stream.of(said.split(":", -1))
                    .filter(file -> !file.isEmpty())
                    .map(call::path)
                    .toList();
        }
        var usual = Path.of(home.isEmpty() ? "/" : home, ".kube", "config");
        if (Files.exists(usual)) {
            return List.of(usual);
        }
        throw new CommandException(
                "kubeconfig not given, unable to connect to cluster: use --kubeconfig or"
                        + " $KUBECONFIG");
    }
}
