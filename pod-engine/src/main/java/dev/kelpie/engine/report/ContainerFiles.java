package dev.kelpie.engine.report;

import java.nio.file.Path;

/// Where a container's files lie on the host; some exist only while it runs.
///
/// @param directory its own directory under the engine root
/// @param bundle the OCI bundle with `config.json`
public record ContainerFiles(
        Path directory,
        Path bundle,
        Path log,
        Path resolvConf,
        Path hosts,
        Path hostname,
        Path pidFile,
        Path conmonPidFile) {}
