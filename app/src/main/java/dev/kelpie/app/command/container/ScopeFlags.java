package dev.kelpie.app.command.container;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.ShmFlag;
import dev.kelpie.engine.spec.InfraSpec;
import dev.kelpie.engine.spec.PodSharing;
import dev.kelpie.engine.spec.Scopes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/// Flags on which namespaces a new container has for itself.
final class ScopeFlags {
    private static final String OTHER = "container:";

    @Option(
            names = "--pid",
            description = "Process namespace: private (default), host, container:NAME")
    String pid = "";

    @Option(
            names = "--ipc",
            description = "IPC namespace: private (default), shareable, host, container:NAME")
    String ipc = "";

    @Option(names = "--uts", description = "UTS namespace: private (default), host, container:NAME")
    String uts = "";

    @Option(names = "--cgroupns", description = "Cgroup namespace: private (default), host")
    String cgroupns = "";

    @Option(names = "--shm-size", description = "Size of /dev/shm: 64m, 1g")
    String shmSize = "";

    /// What a container outside any pod shares with the host and with others.
    ///
    /// @param hostname that it is given; empty for none
    PodSharing solo(String hostname) {
        require("--uts", uts, List.of("private", "host", ""));
        require("--cgroupns", cgroupns, List.of("private", "host", ""));
        require("--pid", pid, List.of("private", "host", ""));
        require("--ipc", ipc, List.of("private", "shareable", "host", ""));
        if (uts.equals("host") && !hostname.isEmpty()) {
            throw FlagException.meaning(
                    "cannot set hostname when running in the host UTS namespace");
        }
        return new PodSharing(false, false, pid.equals("host"), ipc.equals("host"), infra())
                .withScopes(
                        new Scopes(
                                uts.equals("host"),
                                cgroupns.equals("host"),
                                other(pid),
                                other(ipc),
                                other(uts)));
    }

    /// Refuses namespaces that the containers of a pod do not have.
    void requireIn(PodSharing pod) {
        boolean own = !pod.hostPid() && !pod.shareProcesses();
        requireOfPod("--pid", pid, pod.hostPid(), own);
        requireOfPod("--ipc", ipc, pod.hostIpc(), false);
        requireOfPod("--uts", uts, pod.scopes().hostUts(), false);
        boolean hostCgroup = pod.scopes().hostCgroup();
        requireOfPod("--cgroupns", cgroupns, hostCgroup, !hostCgroup);
    }

    /// What has no effect on the containers of a pod that is there already.
    Optional<String> idleInPod() {
        return shm().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "--shm-size is ignored: the containers of a pod share its /dev/shm; give it"
                                + " to 'pod create'");
    }

    private static void requireOfPod(String flag, String value, boolean host, boolean own) {
        var there = value.isEmpty() || (host && value.equals("host"));
        if (!there && !(own && value.equals("private"))) {
            throw FlagException.meaning(
                    flag
                            + "="
                            + value
                            + " and --pod cannot be set together: give it when the pod is made");
        }
    }

    private static Optional<String> other(String value) {
        return value.startsWith(OTHER)
                ? Optional.of(value.substring(OTHER.length()))
                : Optional.empty();
    }

    private static void require(String flag, String value, List<String> known) {
        boolean others = value.length() > OTHER.length() && value.startsWith(OTHER);
        if (!known.contains(value) && (!others || flag.equals("--cgroupns"))) {
            throw FlagException.meaning(
                    "invalid "
                            + flag
                            + " \""
                            + value
                            + "\": use "
                            + String.join(", ", known.subList(0, known.size() - 1))
                            + (flag.equals("--cgroupns") ? "" : " or container:NAME"));
        }
    }

    /// What is said of the infra container of a pod that is made for it.
    Optional<InfraSpec> infra() {
        var shm = shm();
        return shm.isEmpty() ? Optional.empty() : Optional.of(InfraSpec.USUAL.withShmSize(shm));
    }

    private OptionalLong shm() {
        return ShmFlag.parse(shmSize);
    }
}
