package dev.kelpie.app.command.pod;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Unit;
import dev.kelpie.app.flag.ByteSize;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.spec.InfraSpec;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
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

    @Option(names = "--userns", description = "User namespace: host, the only one yet")
    String userns = "";

    Optional<InfraSpec> said(Call call) {
        if (!userns.isEmpty() && !userns.equals("host")) {
            throw FlagException.meaning("--userns=" + userns + " is not supported yet: use host");
        }
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
                        shm());
        return said.equals(InfraSpec.USUAL) ? Optional.empty() : Optional.of(said);
    }

    private OptionalLong shm() {
        if (shmSize.isEmpty()) {
            return OptionalLong.empty();
        }
        long bytes = ByteSize.parse("--shm-size", shmSize);
        if (bytes == 0) {
            throw FlagException.meaning("--shm-size must be more than 0, was \"" + shmSize + "\"");
        }
        return OptionalLong.of(bytes);
    }
}
