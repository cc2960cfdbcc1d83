package dev.kelpie.engine.report;

import java.nio.file.Path;

/// What `system info` tells of the engine.
///
/// @param ociRuntime `runc`, `crun` or `crun-hybrid`, and its version
/// @param networkBackend `nftables` or `netavark`
/// @param cgroupVersion `v1`, `v2` or `hybrid`
public record EngineFacts(
        Path root,
        Path runRoot,
        String ociRuntime,
        String networkBackend,
        String cgroupVersion,
        ContainerCounts containers,
        int pods,
        int images) {

    /// How many containers are in which state, infra containers included.
    public record ContainerCounts(int total, int running, int paused, int stopped) {}

    /// `runc` or `crun`: what its program is called.
    public String runtimeProgram() {
        return ociRuntime.replaceFirst("(-hybrid)?( .*)?$", "");
    }

    /// `v1` or `v2`, as other engines know them: containers of a hybrid host are in v1's groups.
    public String usedCgroupVersion() {
        return cgroupVersion.equals("hybrid") ? "v1" : cgroupVersion;
    }
}
