package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.spec.Manner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Flags on the manner of a new container's runs.
final class MannerFlags {
    @Option(
            names = "--systemd",
            description =
                    "Ready it for systemd as its process 1: true (default, when the command is"
                            + " systemd or an init), always, false")
    String systemd = "true";

    @Option(names = "--init-path", description = "The small init of --init instead of ours")
    String initPath = "";

    @Option(names = "--pidfile", description = "File for the process id of its process 1")
    String pidFile = "";

    @Option(
            names = "--image-volume",
            description = "Volumes that its image declares: anonymous (default), tmpfs, ignore")
    String imageVolume = "anonymous";

    @Option(names = "--requires", split = ",", description = "Container that is started before it")
    List<String> requires = new ArrayList<>();

    /// All but the ids of those that it requires.
    Manner manner(Call call) {
        return new Manner(
                systemd(),
                initPath.isEmpty() ? Optional.empty() : Optional.of(init(call)),
                pidFile.isEmpty() ? Optional.empty() : Optional.of(call.path(pidFile)),
                imageVolumes(),
                List.of(),
                List.of());
    }

    private Manner.Systemd systemd() {
        return switch (systemd) {
            case "true", "" -> Manner.Systemd.BY_COMMAND;
            case "always" -> Manner.Systemd.ALWAYS;
            case "false" -> Manner.Systemd.NEVER;
            default ->
                    throw FlagException.meaning(
                            "--systemd values must be one of \"true, false, always\", was \""
                                    + systemd
                                    + "\"");
        };
    }

    private Path init(Call call) {
        var path = call.path(initPath);
        if (!Files.isExecutable(path)) {
            throw FlagException.meaning(
                    "container-init binary not found on the host: \"" + initPath + "\"");
        }
        return path;
    }

    private Manner.ImageVolumes imageVolumes() {
        return switch (imageVolume) {
            case "anonymous", "bind", "" -> Manner.ImageVolumes.ANONYMOUS;
            case "tmpfs" -> Manner.ImageVolumes.TMPFS;
            case "ignore" -> Manner.ImageVolumes.IGNORE;
            default ->
                    throw FlagException.meaning(
                            "invalid image volume mode \""
                                    + imageVolume
                                    + "\" required value: anonymous, tmpfs, ignore");
        };
    }
}
