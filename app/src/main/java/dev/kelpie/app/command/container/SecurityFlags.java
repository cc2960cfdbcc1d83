package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.flag.CapabilityFlag;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.SecurityOptions;
import dev.kelpie.app.flag.SysctlFlag;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodSecurity;
import dev.kelpie.engine.spec.RunAs;
import dev.kelpie.engine.spec.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Flags on what a new container is trusted with.
final class SecurityFlags {
    @Option(names = "--cap-add", split = ",", description = "Capability to add, or ALL")
    List<String> capAdd = new ArrayList<>();

    @Option(names = "--cap-drop", split = ",", description = "Capability to drop, or ALL")
    List<String> capDrop = new ArrayList<>();

    @Option(names = "--group-add", description = "Further group, by name or number")
    List<String> groupAdd = new ArrayList<>();

    @Option(names = "--privileged", arity = "0..1", description = "All capabilities and devices")
    boolean privileged;

    @Option(names = "--read-only", arity = "0..1", description = "Mount the root read-only")
    boolean readOnly;

    @Option(
            names = "--read-only-tmpfs",
            arity = "0..1",
            description = "With --read-only: /run, /tmp, /var/tmp in memory (default true)")
    boolean readOnlyTmpfs = true;

    @Option(
            names = "--security-opt",
            description =
                    "no-new-privileges, seccomp=FILE|unconfined, apparmor=PROFILE|unconfined,"
                            + " label=disable|user:U|role:R|type:T|level:L, mask=PATHS,"
                            + " unmask=ALL|PATHS, proc-opts=OPTIONS")
    List<String> securityOptions = new ArrayList<>();

    @Option(names = "--sysctl", description = "Kernel parameter of its namespaces: name=value")
    List<String> sysctls = new ArrayList<>();

    @Mixin AccountFlags accounts = new AccountFlags();

    Security security(Call call) {
        var options = new SecurityOptions(call::path);
        securityOptions.forEach(options::add);
        return new Security(
                privileged,
                readOnly,
                // what is writable is among the mounts
                readOnly,
                options.noNewPrivileges(),
                Set.copyOf(CapabilityFlag.names(capAdd)),
                Set.copyOf(CapabilityFlag.names(capDrop)),
                new RunAs(
                        false,
                        groups(),
                        RunAs.Memberships.UNLESS_GROUP_GIVEN,
                        accounts.umask(),
                        accounts.accounts()),
                options.confinement());
    }

    PodSecurity podSecurity(PodNetwork.Mode mode) {
        return SysctlFlag.parse(sysctls, mode, false);
    }

    private List<String> groups() {
        if (groupAdd.contains("keep-groups")) {
            throw FlagException.meaning("--group-add keep-groups is not supported yet");
        }
        if (groupAdd.contains("")) {
            throw FlagException.meaning("--group-add needs the name or number of a group");
        }
        return groupAdd;
    }
}
