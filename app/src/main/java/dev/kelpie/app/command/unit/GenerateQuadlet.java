package dev.kelpie.app.command.unit;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.command.choice.AppPods;
import dev.kelpie.app.command.choice.Wanted;
import dev.kelpie.app.flag.KindFlags;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.PodSummary;
import dev.kelpie.kubegenerate.KubeGenerator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `generate quadlet`: unit files that make what is there; several as one `.quadlets` bundle, which
/// `quadlet install` takes.
@Command(
        name = "quadlet",
        description =
                "Generate unit files from containers, pods, volumes, networks and applications",
        customSynopsis = "[--yaml FILE] {CONTAINER|POD|VOLUME|NETWORK}...")
public final class GenerateQuadlet implements Verb {
    /// Only what is said in full may take the place of what is here.
    static final Consumer<String> UNSAID =
            what -> {
                throw new CommandException(what);
            };

    private static final int FILE_MODE = 0644;

    private final Call call;

    @Option(
            names = "--yaml",
            description =
                    "The played pods, workloads or apps of these names as one .kube file, their"
                            + " manifest written to this new file beside it")
    String yaml = "";

    @Parameters List<String> names = new ArrayList<>();

    GenerateQuadlet(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, names);
        if (!yaml.isEmpty()) {
            call.print(application());
            return 0;
        }
        var files = new LinkedHashMap<String, String>();
        for (var name : names) {
            try {
                write(name, files);
            } catch (IllegalArgumentException e) {
                throw new CommandException("cannot say '" + name + "': " + e.getMessage());
            }
        }
        call.print(bundle(Companions.joined(files)));
        return 0;
    }

    private String application() throws InterruptedException {
        call.requireNew(yaml);
        var pods = new ArrayList<PodSummary>();
        for (var name : names) {
            pods.addAll(AppPods.of(call.engine().pods(), name));
        }
        var wanted =
                new Wanted(pods.stream().map(PodSummary::name).toList(), false, List.of(), false)
                        .find(call.engine());
        var unit =
                KubeText.of(
                        pods.stream().map(PodSummary::spec).toList(),
                        String.valueOf(Path.of(yaml).getFileName()),
                        UNSAID);
        var manifest = KubeGenerator.generate(wanted, new KindFlags().options(true, ""));
        manifest.losses().stream()
                .filter(loss -> !loss.contains("kube play --network"))
                .forEach(loss -> call.note("Note: " + loss));
        call.write(yaml, manifest.text(), FILE_MODE);
        return unit;
    }

    /// One file as it is, several as a bundle.
    public static String bundle(Map<String, String> files) {
        if (files.size() == 1) {
            return files.values().iterator().next();
        }
        var bundle = new ArrayList<String>();
        files.forEach((file, text) -> bundle.add("# FileName=" + base(file) + "\n" + text));
        return String.join("---\n", bundle);
    }

    private static String base(String file) {
        return file.substring(0, file.lastIndexOf('.'));
    }

    private void write(String name, Map<String, String> files) throws InterruptedException {
        var engine = call.engine();
        if (engine.pods().exists(name)) {
            pod(name, files);
        } else if (engine.containers().exists(name)) {
            container(name, files);
        } else if (engine.volumes().exists(name)) {
            files.put(name + ".volume", PodText.volume(engine.volumes().find(name)));
        } else if (engine.networks().exists(name)) {
            var network = engine.networks().find(name);
            files.put(network.name() + ".network", PodText.network(network));
        } else {
            throw new CommandException(
                    "no container, pod, volume or network with name or ID \"" + name + "\"");
        }
    }

    private void pod(String name, Map<String, String> files) throws InterruptedException {
        var pod = call.engine().pods().find(name);
        files.put(pod.name() + ".pod", PodText.pod(pod.spec(), UNSAID));
        for (var member : pod.members()) {
            if (member.kind() == ContainerKind.APP) {
                container(member.id(), files);
            }
        }
    }

    private void container(String name, Map<String, String> files) throws InterruptedException {
        var container = call.engine().containers().inspect(name);
        if (container.summary().kind() != ContainerKind.APP) {
            throw new CommandException("'" + name + "' is no container of yours, but its pod's");
        }
        var summary = container.summary();
        var pod = summary.pod().map(each -> each.name());
        files.put(
                summary.name() + ".container",
                new ContainerText(summary.spec(), container.podSpec(), pod, UNSAID).text());
    }
}
