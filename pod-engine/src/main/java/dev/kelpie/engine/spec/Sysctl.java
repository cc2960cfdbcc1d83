package dev.kelpie.engine.spec;

import java.util.Optional;
import java.util.regex.Pattern;

/// A kernel parameter that a namespace of a pod has for itself, see sysctl(8).
///
/// @param name with dots, and slashes for dots within a part: `net.ipv4.conf.eth0/1.forwarding`
/// @see <a href="https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/">sysctls in
///   Kubernetes</a>
public record Sysctl(String name, Space space) {

    private static final int LONGEST = 253;
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([-_a-z0-9]*[a-z0-9])?([./][a-z0-9]([-_a-z0-9]*[a-z0-9])?)*");
    private static final Pattern OF_IPC =
            Pattern.compile("kernel\\.(sem|(shm|msg)[a-z_]+)|fs\\.mqueue\\.[a-z_]+");

    /// The namespace that a parameter belongs to.
    public enum Space {
        NETWORK,
        IPC
    }

    /// Whether the text has the form of a name, dots or slashes in between.
    public static boolean isName(String text) {
        return text.length() <= LONGEST && NAME.matcher(text).matches();
    }

    /// The parameter of that name, in either of sysctl's two ways to write it; empty when it is the
    /// whole kernel's, or no name.
    public static Optional<Sysctl> of(String text) {
        if (!isName(text)) {
            return Optional.empty();
        }
        var name = dotted(text);
        if (name.startsWith("net.")) {
            return Optional.of(new Sysctl(name, Space.NETWORK));
        }
        return OF_IPC.matcher(name).matches()
                ? Optional.of(new Sysctl(name, Space.IPC))
                : Optional.empty();
    }

    /// What stands first, dot or slash, is what separates.
    private static String dotted(String text) {
        var dot = text.indexOf('.');
        var slash = text.indexOf('/');
        return slash >= 0 && (dot < 0 || slash < dot) ? swapped(text) : text;
    }

    private static String swapped(String text) {
        var swapped = new StringBuilder();
        text.chars().forEach(c -> swapped.append(c == '.' ? '/' : c == '/' ? '.' : (char) c));
        return swapped.toString();
    }

    /// Where it is below /proc/sys.
    public String path() {
        return swapped(name);
    }
}
