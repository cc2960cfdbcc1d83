package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.oci.OciRuntime;
import java.util.List;

/// A container to make; `config.json` already lies in the bundle.
///
/// @param conmonCgroup the group conmon goes to, absolute, made if missing; never the container's
///   own. Much the fastest is the one this process is in itself: conmon inherits it
/// @param exitCommand argv that conmon runs when the container has ended (also when creating
///   failed); absolute program, may be empty
public record CreateRequest(
        ConmonFiles files,
        String name,
        OciRuntime runtime,
        Stdio stdio,
        String conmonCgroup,
        List<String> exitCommand,
        ConmonHabits habits) {

    public CreateRequest {
        exitCommand = List.copyOf(exitCommand);
    }
}
