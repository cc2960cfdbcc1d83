package dev.kelpie.app.command.pod;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Unit;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.ShmFlag;
import dev.kelpie.app.flag.VolumeFlag;
import dev.kelpie.engine.spec.InfraSpec;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Flags on a new pod's infra container and on what it holds.
final class InfraFlags {
    @Option(names = "--infra-name", description = "Name of the infra container")
    String name = "";

    @Option(
            names = "--infra-conmon-pidfile",
            description = "File for the process id of the infra container's conmon")
    String conmonPidFile = "";

    @Option(names = "--shm-size", description = "Size of /dev/shm: 64m, 1g")
    String shmSize = "";

    @Option(
            names = {"-v", "--volume"},
            description =
                    "Mount for all its containers: [host-path|volume:]container-path[:options]")
    List<String> volumes = new ArrayList<>();

    /// What the volumes of the pod are, and where its containers have them.
    record Mounts(List<Volume> volumes, List<VolumeMount> mounts) {}

    Mounts mounts(Call call) {
        var made = new Mounts(new ArrayList<>(), new ArrayList<>());
        for (var word : volumes) {
            var flag = VolumeFlag.parse(word, call.session().workingDirectory());
            var name = "pod-" + made.volumes().size();
            made.volumes().add(new Volume(name, flag.volume()));
            made.mounts().add(flag.mount(name));
        }
        return made;
    }

    Optional<InfraSpec> said(Call call, List<VolumeMount> mounts) {
        if (!name.isEmpty() && !name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
            throw FlagException.meaning(
                    "invalid name \"" + name + "\": names must match [a-zA-Z0-9][a-zA-Z0-9_.-]*");
        }
        var said =
                new InfraSpec(
                        name.isEmpty() ? Optional.empty() : Optional.of(name),
                        conmonPidFile.isEmpty()
                                ? Optional.<Path>empty()
                                : Optional.of(call.path(conmonPidFile)),
                        conmonPidFile.isEmpty()
                                ? Optional.empty()
                                : Unit.of(call.session()).group(),
                        ShmFlag.parse(shmSize),
                        mounts);
        return said.equals(InfraSpec.USUAL) ? Optional.empty() : Optional.of(said);
    }
}
