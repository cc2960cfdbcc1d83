package dev.kelpie.app.command.pod;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Progress;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.KeyValues;
import dev.kelpie.app.flag.RestartFlag;
import dev.kelpie.app.flag.SysctlFlag;
import dev.kelpie.app.flag.UsersFlags;
import dev.kelpie.engine.PlayOptions;
import dev.kelpie.engine.RemoveOptions;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PodSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pod create`: an empty pod, to be filled with `run --pod`.
@Command(
        name = "create",
        description = "Create a new empty pod",
        customSynopsis = "[options] [NAME]")
final class Create implements Verb {
    private static final Set<String> SHARED = Set.of("", "ipc", "net", "uts", "pid");

    private final Call call;

    @Mixin NetworkFlags network = new NetworkFlags();
    @Mixin WholeFlags whole = new WholeFlags();
    @Mixin InfraFlags infraFlags = new InfraFlags();
    @Mixin UsersFlags usersFlags = new UsersFlags();

    @Option(
            names = {"-n", "--name"},
            description = "Name of the pod")
    String name = "";

    @Option(names = "--hostname", description = "Host name of the pod")
    String hostname = "";

    @Option(
            names = {"-l", "--label"},
            description = "Label: key=value")
    List<String> labels = new ArrayList<>();

    @Option(names = "--label-file", description = "File of labels, one a line")
    List<String> labelFiles = new ArrayList<>();

    @Option(names = "--infra", arity = "0..1", description = "Make an infra container (always)")
    boolean infra = true;

    @Option(names = "--share", split = ",", description = "Namespaces to share: ipc, net, uts, pid")
    List<String> share = new ArrayList<>();

    @Option(names = "--restart", description = "Restart policy of its containers")
    String restart = "no";

    @Option(names = "--replace", arity = "0..1", description = "Replace a pod of the same name")
    boolean replace;

    @Option(names = "--exit-policy", description = "When the last container ends: continue, stop")
    String exitPolicy = "continue";

    @Option(names = "--sysctl", description = "Kernel parameter of the pod: name=value")
    List<String> sysctls = new ArrayList<>();

    @Option(names = "--pod-id-file", description = "Write the pod's id to a file")
    String idFile = "";

    @Parameters List<String> operands = new ArrayList<>();

    Create(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atMost(1, operands);
        requireSense();
        var pods = call.engine().pods();
        var chosen = name.isEmpty() && !operands.isEmpty() ? operands.getFirst() : name;
        var called = chosen.isEmpty() ? call.engine().containers().freeName() : chosen;
        if (replace && pods.exists(called)) {
            pods.remove(List.of(called), RemoveOptions.FORCE).stream()
                    .flatMap(outcome -> outcome.failure().stream())
                    .findFirst()
                    .ifPresent(Create::raise);
        }
        if (pods.exists(called)) {
            throw new CommandException(
                    "name \""
                            + called
                            + "\" is in use: pod already exists (--replace replaces it)");
        }
        whole.idle().forEach(word -> call.note("Warning: " + word));
        var apart = spec(called);
        try (var progress = new Progress(call, false)) {
            var id = pods.create(apart, PlayOptions.DEFAULT, progress::engine);
            writeId(id);
            call.line(id);
        }
        return 0;
    }

    /// What the words ask for.
    PodSpec spec(String called) {
        var reach = network.network(hostname);
        var mounts = infraFlags.mounts(call);
        var spec =
                EmptyPod.of(
                                new Metadata(
                                        Metadata.DEFAULT_NAMESPACE, called, labels(), Map.of()),
                                reach,
                                new EmptyPod.Habits(
                                        share.contains("pid"),
                                        RestartFlag.parse(restart).policy(),
                                        exitPolicy.equals("stop"),
                                        infraFlags.said(call, mounts.mounts())),
                                SysctlFlag.parse(sysctls, reach.mode(), false))
                        .withVolumes(mounts.volumes());
        return whole.on(spec.withSharing(spec.sharing().withUsers(usersFlags.users())), hostname);
    }

    private static void raise(RuntimeException failure) {
        throw failure;
    }

    private Map<String, String> labels() {
        var words = new ArrayList<String>();
        for (var file : labelFiles) {
            call.readLines(file).stream().filter(line -> !line.isBlank()).forEach(words::add);
        }
        words.addAll(labels);
        return KeyValues.labels(words);
    }

    private void requireSense() {
        if (!infra) {
            throw new CommandException(
                    "--infra=false is not supported: the infra container holds what the containers of"
                            + " a pod share; containers that share nothing need no pod");
        }
        for (var word : share) {
            if (!SHARED.contains(word)) {
                throw FlagException.meaning("unknown namespace to share: \"" + word + "\"");
            }
        }
        if (!exitPolicy.equals("continue") && !exitPolicy.equals("stop")) {
            throw FlagException.meaning(
                    "invalid pod exit policy: \"" + exitPolicy + "\": use continue or stop");
        }
    }

    private void writeId(String id) {
        if (idFile.isEmpty()) {
            return;
        }
        try {
            Files.writeString(call.path(idFile), id);
        } catch (IOException e) {
            throw new CommandException(
                    "cannot write pod id file '" + idFile + "': " + e.getMessage());
        }
    }
}
