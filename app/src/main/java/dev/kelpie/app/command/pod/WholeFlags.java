package dev.kelpie.app.command.pod;

import dev.kelpie.app.flag.ByteSize;
import dev.kelpie.app.flag.CpuAmount;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.spec.PodDemands;
import dev.kelpie.engine.spec.PodSharing;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.Scopes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/// Flags on what a new pod as a whole may use and shares with the host.
final class WholeFlags {
    @Option(
            names = {"-m", "--memory"},
            description = "Most memory of all its containers together: 64m, 1g")
    String memory = "";

    @Option(names = "--cpus", description = "Most processors of them together: 1.5")
    String cpus = "";

    @Option(names = "--pid", description = "Process namespace: private (default), host")
    String pid = "private";

    @Option(names = "--uts", description = "UTS namespace: private (default), host")
    String uts = "private";

    @Option(names = "--infra-image", hidden = true)
    String infraImage = "";

    @Option(names = "--infra-command", hidden = true)
    String infraCommand = "";

    @Option(names = "--share-parent", arity = "0..1", hidden = true)
    boolean shareParent = true;

    @Option(
            names = {
                "-c",
                "--blkio-weight",
                "--blkio-weight-device",
                "--cpu-shares",
                "--cpuset-cpus",
                "--cpuset-mems",
                "--device",
                "--device-read-bps",
                "--device-write-bps",
                "--gpus",
                "--memory-swap",
                "--security-opt",
                "--volumes-from"
            },
            hidden = true)
    List<String> ofContainers = new ArrayList<>();

    @Option(names = "--cgroup-parent", hidden = true)
    String cgroupParent = "";

    /// What is taken and does nothing here.
    List<String> idle() {
        return infraImage.isEmpty() && infraCommand.isEmpty()
                ? List.of()
                : List.of(
                        "--infra-image and --infra-command do nothing here: the infra container is"
                                + " the engine's own");
    }

    PodSpec on(PodSpec pod, String hostname) {
        requireNone();
        if (uts.equals("host") && !hostname.isEmpty()) {
            throw FlagException.meaning(
                    "cannot set hostname when running in the host UTS namespace");
        }
        var sharing = pod.sharing();
        var said =
                new PodSharing(
                        sharing.infra(),
                        sharing.shareProcesses(),
                        isHost("--pid", pid),
                        sharing.hostIpc(),
                        sharing.said(),
                        sharing.users(),
                        new Scopes(
                                isHost("--uts", uts),
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
        return pod.withSharing(said).withPolicy(pod.policy().withDemands(demands()));
    }

    private static boolean isHost(String flag, String value) {
        if (!List.of("host", "private", "").contains(value)) {
            throw FlagException.meaning(
                    "invalid " + flag + " \"" + value + "\": use private or host");
        }
        return value.equals("host");
    }

    private PodDemands demands() {
        var limits =
                new Resources.Amounts(
                        amount(cpus.isEmpty() ? 0 : CpuAmount.parseMilli("--cpus", cpus)),
                        amount(memory.isEmpty() ? 0 : ByteSize.parse("--memory", memory)));
        return new PodDemands(
                List.of(), Optional.empty(), Resources.Amounts.NONE, limits, PodDemands.Rank.NONE);
    }

    private static OptionalLong amount(long amount) {
        return amount == 0 ? OptionalLong.empty() : OptionalLong.of(amount);
    }

    private void requireNone() {
        if (!ofContainers.isEmpty()) {
            throw FlagException.meaning(
                    "flags on devices, security, weights and processors are not supported for a pod:"
                            + " give them to each of its containers (\""
                            + ofContainers.getFirst()
                            + "\")");
        }
        if (!cgroupParent.isEmpty() || !shareParent) {
            throw FlagException.meaning(
                    "--cgroup-parent and --share-parent=false are not supported for a pod: its group"
                            + " is the engine's");
        }
    }
}
