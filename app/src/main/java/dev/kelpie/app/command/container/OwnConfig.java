package dev.kelpie.app.command.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kelpie.engine.report.ContainerInspection;
import dev.kelpie.engine.spec.EnvVar;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The configuration of a container as instructions of a Containerfile: an image that is made of it
/// runs what it runs. What comes out of secrets stays out.
final class OwnConfig {
    private final List<String> instructions = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    OwnConfig(ContainerInspection container) {
        var process = container.process();
        list("ENTRYPOINT", process.entrypoint());
        if (!process.arguments().isEmpty()) {
            list("CMD", process.arguments());
        }
        if (!process.user().isEmpty()) {
            instructions.add("USER " + quoted(process.user()));
        }
        instructions.add("WORKDIR " + quoted(process.workingDir()));
        instructions.add("STOPSIGNAL " + process.stopSignal());
        for (var variable : container.summary().spec().process().env()) {
            if (variable.how() != EnvVar.How.SET) {
                continue; // a new container of the image has the image's again
            }
            pair("ENV", variable.name(), variable.value());
        }
        new TreeMap<>(container.summary().labels())
                .forEach((name, value) -> pair("LABEL", name, value));
    }

    List<String> instructions() {
        return List.copyOf(instructions);
    }

    /// What cannot be said so.
    List<String> lost() {
        return List.copyOf(lost);
    }

    private void list(String word, List<String> words) {
        var array = JsonNodeFactory.instance.arrayNode();
        words.forEach(array::add);
        instructions.add(word + " " + array);
    }

    private void pair(String word, String name, String value) {
        boolean sayable =
                !name.isEmpty()
                        && name.indexOf('=') < 0
                        && (name + value).chars().noneMatch(Character::isISOControl);
        if (sayable) {
            instructions.add(word + " " + quoted(name) + "=" + quoted(value));
        } else {
            lost.add(word + " '" + name + "': a Containerfile cannot say it");
        }
    }

    /// Nothing in it means anything to a Containerfile.
    private static String quoted(String text) {
        return '"' + text.replaceAll("([\"\\\\$])", "\\\\$1") + '"';
    }
}
