package dev.kelpie.image.build;

import dev.kelpie.image.spec.ContainerConfig;
import dev.kelpie.image.spec.ImageCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A container configuration while instructions change it.
final class ConfigDraft {

    final Map<String, String> env = new LinkedHashMap<>();
    final Map<String, String> labels = new LinkedHashMap<>();
    final Set<String> exposedPorts = new LinkedHashSet<>();
    final Set<String> volumes = new LinkedHashSet<>();
    List<String> entrypoint;
    List<String> cmd;
    String user;
    String workingDir;
    Optional<String> stopSignal;
    List<String> shell;
    private boolean cmdIsOurs;

    ConfigDraft(ContainerConfig base) {
        for (var variable : base.env()) {
            var equals = variable.indexOf('=');
            env.put(
                    equals < 0 ? variable : variable.substring(0, equals),
                    equals < 0 ? "" : variable.substring(equals + 1));
        }
        labels.putAll(base.labels());
        exposedPorts.addAll(base.exposedPorts());
        volumes.addAll(base.volumes());
        entrypoint = base.command().entrypoint();
        cmd = base.command().cmd();
        shell = base.command().shell();
        user = base.user();
        workingDir = base.workingDir();
        stopSignal = base.stopSignal();
    }

    void cmd(String arguments) {
        cmd = command(arguments);
        cmdIsOurs = true;
    }

    /// The base's command was meant for the base's entry point.
    void entrypoint(String arguments) {
        entrypoint = command(arguments);
        if (!cmdIsOurs) {
            cmd = List.of();
        }
    }

    private List<String> command(String arguments) {
        var exec = JsonForm.parse(arguments);
        if (exec.isPresent()) {
            return exec.get();
        }
        if (arguments.isEmpty()) {
            return List.of();
        }
        return inShell(arguments);
    }

    /// The words that hand a text to the shell.
    List<String> inShell(String text) {
        var words = new ArrayList<>(shell.isEmpty() ? List.of("/bin/sh", "-c") : shell);
        words.add(text);
        return words;
    }

    ContainerConfig finished() {
        var variables = new ArrayList<String>();
        env.forEach((name, value) -> variables.add(name + "=" + value));
        return new ContainerConfig(
                new ImageCommand(entrypoint, cmd, shell),
                user,
                workingDir,
                variables,
                exposedPorts,
                volumes,
                stopSignal,
                labels);
    }
}
