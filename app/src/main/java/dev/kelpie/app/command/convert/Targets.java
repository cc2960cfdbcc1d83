package dev.kelpie.app.command.convert;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.command.container.RunLine;
import dev.kelpie.app.command.unit.ContainerText;
import dev.kelpie.app.command.unit.GenerateQuadlet;
import dev.kelpie.app.command.unit.PodText;
import dev.kelpie.app.convert.Import;
import dev.kelpie.app.convert.Line;
import dev.kelpie.app.convert.unit.UnitReader;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.kubegenerate.Claim;
import dev.kelpie.kubegenerate.GenerateOptions;
import dev.kelpie.kubegenerate.Inventory;
import dev.kelpie.kubegenerate.KubeGenerator;
import dev.kelpie.quadlet.file.LocalHost;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Writes what was read in the notation that is wanted.
final class Targets {
    private final Call call;
    private final Sources.Read source;
    private final boolean withSecrets;
    private final Set<String> losses;

    Targets(Call call, Sources.Read source, boolean withSecrets) {
        this.call = call;
        this.source = source;
        this.withSecrets = withSecrets;
        this.losses = new LinkedHashSet<>(source.losses());
    }

    List<String> losses() {
        return losses.stream().map(loss -> loss.replaceAll("\\p{Cntrl}", "?")).toList();
    }

    static String joined(Map<String, String> texts) {
        return GenerateQuadlet.bundle(texts);
    }

    Map<String, String> kube(GenerateOptions options) {
        var pods = new ArrayList<PodSpec>(source.pods());
        var gathered = gathered();
        pods.addAll(gathered.pods());
        gathered.solos().forEach(solo -> pods.add(Gathering.apart(solo)));
        var claims =
                Inventory.claimsOf(pods).stream().map(name -> new Claim(name, Map.of())).toList();
        var secrets = withSecrets ? source.secrets() : List.<dev.kelpie.engine.spec.SecretSpec>of();
        secretsApart();
        if (pods.isEmpty() && secrets.isEmpty()) {
            losses().forEach(loss -> call.note("Note: " + loss));
            return Map.of();
        }
        var generated =
                KubeGenerator.generate(new Inventory(pods, claims, secrets, losses()), options);
        generated.losses().forEach(loss -> call.note("Note: " + loss));
        return Map.of("all.yaml", generated.text());
    }

    private void secretsApart() {
        if (!withSecrets) {
            source.secrets()
                    .forEach(secret ->
                            losses.add(
                                    "secret '"
                                            + secret.metadata().name()
                                            + "': its content, only with --secrets"));
        }
    }

    private Gathering.Gathered gathered() {
        var gathered = Gathering.of(call, new Import(source.lines(), List.of(), List.of()));
        losses.addAll(gathered.losses());
        return gathered;
    }

    Map<String, String> units() {
        var files = new LinkedHashMap<String, String>();
        var gathered = gathered();
        for (var pod : source.pods()) {
            if (Gathering.isAlone(pod)) {
                solo(Gathering.alone(pod), files);
            } else {
                pod(pod, files);
            }
        }
        gathered.pods().forEach(pod -> pod(pod, files));
        gathered.solos().forEach(solo -> solo(solo, files));
        secretsApart();
        return files;
    }

    private void solo(PodSpec solo, Map<String, String> files) {
        var container = solo.containers().getFirst();
        var text = new ContainerText(container, solo, Optional.empty(), losses::add);
        files.put(solo.name() + ".container", text.text());
    }

    private void pod(PodSpec pod, Map<String, String> files) {
        files.put(pod.name() + ".pod", PodText.pod(pod, losses::add));
        for (var container : pod.containers()) {
            var text = new ContainerText(container, pod, Optional.of(pod.name()), losses::add);
            files.put(container.name() + ".container", text.text());
        }
    }

    /// The lines as they are; those of pods by way of their units.
    private List<Line> all() {
        var lines = new ArrayList<>(source.lines());
        if (!source.pods().isEmpty()) {
            var read = UnitReader.read(units(), Map.of(), new LocalHost());
            losses.addAll(read.losses());
            lines.addAll(read.lines());
        }
        return lines;
    }

    Map<String, String> lines() {
        var text = new StringBuilder();
        var all = new ArrayList<>(all());
        all.sort(Comparator.comparing(line -> !line.infra()));
        for (var line : all) {
            var pod = line.pod().map(name -> " --pod " + Shell.quoted(name)).orElse("");
            if (line.infra()) {
                var own = line.words().subList(0, line.words().indexOf("--"));
                text.append("kelpie pod create --name ")
                        .append(Shell.quoted(line.pod().orElse("")))
                        .append(own.isEmpty() ? "" : " " + Shell.line(own));
            } else {
                text.append("kelpie run -d")
                        .append(pod)
                        .append(' ')
                        .append(Shell.line(line.words()));
            }
            line.files()
                    .forEach(file ->
                            losses.add(
                                    "container '" + line.name() + "': its file " + file.target()));
            text.append('\n');
        }
        secretsApart();
        return all.isEmpty() ? Map.of() : Map.of("run.sh", text.toString());
    }

    Map<String, String> compose() {
        secretsApart();
        var all = all();
        return all.isEmpty()
                ? Map.of()
                : Map.of("compose.yaml", new ComposeText(RunLine.flags(), losses::add).write(all));
    }
}
