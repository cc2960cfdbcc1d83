package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.oci.OciRuntime;
import dev.kelpie.runtime.spec.OciProcess;
import java.nio.file.Path;
import java.util.List;

/// A command to run in a running container.
///
/// @param container where the container's own files are
/// @param session 64 hex digits, new for each
/// @param folder per-boot folder for this session, made and removed by the session
/// @param process what to run, see `ExecProcess`
/// @param attach false: detached, nobody reads its output
public record ExecRequest(
        ConmonFiles container,
        String session,
        Path folder,
        OciRuntime runtime,
        OciProcess process,
        Stdio stdio,
        boolean attach,
        List<String> exitCommand) {

    public ExecRequest {
        exitCommand = List.copyOf(exitCommand);
    }
}
