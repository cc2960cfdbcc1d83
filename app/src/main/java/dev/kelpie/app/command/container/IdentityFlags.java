package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Unit;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.KeyValues;
import dev.kelpie.engine.spec.Metadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// Flags on who a new container is.
final class IdentityFlags {
    @Option(names = "--name", description = "Name of the container")
    String name = "";

    @Option(
            names = {"-l", "--label"},
            description = "Label: key=value")
    List<String> labels = new ArrayList<>();

    @Option(names = "--label-file", description = "File of labels, one a line")
    List<String> labelFiles = new ArrayList<>();

    @Option(names = "--annotation", description = "Annotation: key=value")
    List<String> annotations = new ArrayList<>();

    @Option(names = "--cidfile", description = "Write the container's id to a file")
    String cidFile = "";

    @Option(names = "--pod", description = "Run in a pod; new:NAME makes it first")
    String pod = "";

    @Option(
            names = "--replace",
            arity = "0..1",
            description = "Replace a container of the same name")
    boolean replace;

    @Option(names = "--pod-id-file", description = "Run in the pod whose id is in a file")
    String podIdFile = "";

    /// Takes the pod from its file.
    void readPodId(Call call) {
        if (podIdFile.isEmpty()) {
            return;
        }
        if (!pod.isEmpty()) {
            throw FlagException.meaning("cannot specify both --pod and --pod-id-file");
        }
        pod = String.join("", call.readLines(podIdFile)).strip();
    }

    void requireSense() {
        if (replace && name.isEmpty()) {
            throw FlagException.meaning("cannot replace container without --name being set");
        }
        if (!name.isEmpty() && !name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
            throw FlagException.meaning(
                    "invalid name \"" + name + "\": names must match [a-zA-Z0-9][a-zA-Z0-9_.-]*");
        }
    }

    /// Metadata under the chosen name, or `otherwise`.
    Metadata metadata(Call call, String otherwise) {
        return new Metadata(
                Metadata.DEFAULT_NAMESPACE,
                name.isEmpty() ? otherwise : name,
                labels(call),
                KeyValues.annotations(annotations));
    }

    private Map<String, String> labels(Call call) {
        var words = new ArrayList<String>();
        for (var file : labelFiles) {
            call.readLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(words::add);
        }
        Unit.of(call.session()).name().ifPresent(unit -> words.add("PODMAN_SYSTEMD_UNIT=" + unit));
        words.addAll(labels);
        return KeyValues.labels(words);
    }
}
