package dev.kelpie.app.flag;

import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodSecurity;
import dev.kelpie.engine.spec.Sysctl;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// `--sysctl name=value`: parameters of the namespaces that a pod or container has for itself.
public final class SysctlFlag {
    private SysctlFlag() {}

    /// Throws when one of the words names a parameter that cannot be the pod's own.
    ///
    /// @param hostIpc the IPC namespace is the host's
    public static PodSecurity parse(List<String> words, PodNetwork.Mode mode, boolean hostIpc) {
        var sysctls = new HashMap<String, String>();
        for (var word : words) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw FlagException.meaning(
                        "invalid sysctl \"" + word + "\": must be of the form name=value");
            }
            var known = known(word.substring(0, equals));
            requireOwn(known, mode, hostIpc);
            sysctls.put(known.name(), word.substring(equals + 1));
        }
        return new PodSecurity(sysctls, Optional.empty());
    }

    private static Sysctl known(String name) {
        return Sysctl.of(name)
                .orElseThrow(() ->
                        FlagException.meaning(
                                "sysctl \""
                                        + name
                                        + "\" is the whole host's, not a container's (net.*,"
                                        + " kernel.shm*, kernel.msg*, kernel.sem and fs.mqueue.*"
                                        + " are)"));
    }

    private static void requireOwn(Sysctl sysctl, PodNetwork.Mode mode, boolean hostIpc) {
        var ownNetwork = mode instanceof PodNetwork.Bridge || mode instanceof PodNetwork.None;
        if (sysctl.space() == Sysctl.Space.NETWORK && !ownNetwork) {
            throw FlagException.meaning(
                    "sysctl \""
                            + sysctl.name()
                            + "\" cannot be set in a network namespace of others");
        }
        if (sysctl.space() == Sysctl.Space.IPC && hostIpc) {
            throw FlagException.meaning(
                    "sysctl \"" + sysctl.name() + "\" cannot be set in the host's IPC namespace");
        }
    }
}
