package dev.kelpie.app.command.kube;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.command.choice.Wanted;
import dev.kelpie.app.command.convert.Gathering;
import dev.kelpie.app.convert.inspect.InspectReader;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.KindFlags;
import dev.kelpie.kubegenerate.Claim;
import dev.kelpie.kubegenerate.Inventory;
import dev.kelpie.kubegenerate.KubeGenerator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `kube generate`: what runs here as Kubernetes YAML.
@Command(
        name = "generate",
        description = "Write pods, containers, volumes and secrets as Kubernetes YAML",
        customSynopsis = "[options] [CONTAINER|POD|VOLUME|SECRET...]")
final class Generate implements Verb {
    private static final int FILE_MODE = 0644;

    /// A file that holds secrets is the caller's alone.
    private static final int SECRET_FILE_MODE = 0600;

    private final Call call;

    @Mixin KindFlags kinds = new KindFlags();

    @Option(names = "--schedule", description = "When a CronJob runs: '0 3 * * *'")
    String schedule = "";

    @Option(
            names = "--podman-only",
            arity = "0..1",
            description = "Keep annotations that only Podman understands")
    boolean podmanOnly;

    @Option(
            names = "--secrets",
            arity = "0..1",
            description = "Also the secrets that the pods use, with their content in clear")
    boolean secrets;

    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            description = "Every pod and every container outside pods")
    boolean all;

    @Option(
            names = {"-l", "--label"},
            description = "Every pod, and container outside pods, with this label: key[=value]")
    List<String> labels = new ArrayList<>();

    @Option(
            names = {"-f", "--filename"},
            description = "Write to a new file instead of standard output")
    String file = "";

    @Option(
            names = "--from-inspect",
            description =
                    "Containers as 'podman inspect' or 'docker inspect' prints them: a file, or -")
    String inspected = "";

    @Option(names = "--no-trunc", arity = "0..1", hidden = true)
    boolean noTrunc;

    @Parameters List<String> names = new ArrayList<>();

    Generate(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        var options = kinds.options(podmanOnly, schedule);
        if (!file.isEmpty()) {
            call.requireNew(file);
        }
        var wanted =
                inspected.isEmpty()
                        ? new Wanted(names, all, labels, secrets).find(call.engine())
                        : ofInspect();
        var generated = KubeGenerator.generate(wanted, options);
        generated.losses().forEach(loss -> call.note("Note: " + loss));
        if (file.isEmpty()) {
            call.print(generated.text());
        } else {
            call.write(
                    file,
                    generated.text(),
                    wanted.secrets().isEmpty() ? FILE_MODE : SECRET_FILE_MODE);
        }
        return 0;
    }

    private Inventory ofInspect() {
        if (!names.isEmpty() || all || !labels.isEmpty() || secrets) {
            throw FlagException.meaning(
                    "--from-inspect cannot be used together with names, --all, --label or"
                            + " --secrets");
        }
        var text = new String(call.read(inspected), StandardCharsets.UTF_8);
        var gathered = Gathering.of(call, InspectReader.read(text, inspected));
        var claims =
                Inventory.claimsOf(gathered.all()).stream()
                        .map(name -> new Claim(name, Map.of()))
                        .toList();
        return new Inventory(gathered.all(), claims, List.of(), gathered.losses());
    }
}
