package dev.kelpie.app.flag;

import java.util.Set;

/// The flags of `podman` itself. Those that choose or tune an engine of Podman's make no difference
/// here, but scripts pass them, so they are read over.
public final class GlobalFlags {
    /// May stand anywhere.
    private static final Set<String> PERSISTENT =
            Set.of(
                    "log-level",
                    "root",
                    "runroot",
                    "imagestore",
                    "storage-driver",
                    "storage-opt",
                    "tmpdir",
                    "volumepath",
                    "runtime-flag",
                    "conmon",
                    "cgroup-manager",
                    "events-backend",
                    "network-config-dir",
                    "cni-config-dir",
                    "hooks-dir",
                    "cdi-spec-dir",
                    "registries-conf",
                    "namespace",
                    "network-backend",
                    "max-workers",
                    "default-mounts-file",
                    "pull-option");

    /// Must stand before the command.
    private static final Set<String> LOCAL =
            Set.of(
                    "runtime",
                    "connection",
                    "url",
                    "identity",
                    "ssh",
                    "config",
                    "out",
                    "tls-ca",
                    "tls-cert",
                    "tls-key",
                    "tls-details",
                    "module",
                    "host",
                    "context");

    private static final Set<String> SWITCHES =
            Set.of("syslog", "transient-store", "trace", "remote", "debug", "noout");

    /// Short names of local flags, and whether they take a value.
    private static final String SHORT_WITH_VALUE = "cH";

    private static final String SHORT_SWITCHES = "rD";

    private GlobalFlags() {}

    static boolean isPersistent(String name) {
        return PERSISTENT.contains(name)
                || name.equals("syslog")
                || name.equals("transient-store")
                || name.equals("trace");
    }

    static boolean takesValue(String name) {
        return !SWITCHES.contains(name);
    }

    /// How many words the global flag at the head of a command line takes up: 1 or 2, or 0 when the
    /// word is no global flag.
    public static int words(String word) {
        if (word.startsWith("--")) {
            int equals = word.indexOf('=');
            var name = equals < 0 ? word.substring(2) : word.substring(2, equals);
            if (SWITCHES.contains(name)) {
                return 1;
            }
            if (!PERSISTENT.contains(name) && !LOCAL.contains(name)) {
                return 0;
            }
            return equals < 0 ? 2 : 1;
        }
        if (word.length() < 2 || word.charAt(0) != '-') {
            return 0;
        }
        if (SHORT_SWITCHES.indexOf(word.charAt(1)) >= 0) {
            return 1;
        }
        if (SHORT_WITH_VALUE.indexOf(word.charAt(1)) < 0) {
            return 0;
        }
        return word.length() == 2 ? 2 : 1;
    }
}
