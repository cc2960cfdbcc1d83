package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.kernel.Capability;
import dev.kelpie.runtime.spec.OciProcess.Capabilities;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Which capabilities a process gets, see capabilities(7).
final class CapabilitySets {

    /// What containers get unasked, the field's default.
    private static final Set<Capability> USUAL =
            Set.of(
                    Capability.CHOWN,
                    Capability.DAC_OVERRIDE,
                    Capability.FOWNER,
                    Capability.FSETID,
                    Capability.KILL,
                    Capability.NET_BIND_SERVICE,
                    Capability.SETFCAP,
                    Capability.SETGID,
                    Capability.SETPCAP,
                    Capability.SETUID,
                    Capability.SYS_CHROOT);

    private static final String ALL = "ALL";

    private CapabilitySets() {}

    /// What the container may ever have, all within what the host has. `ALL` comes first on either
    /// side, names after it, and what is dropped by name stays dropped: `ALL` added and one dropped
    /// are all but that one, `ALL` dropped and one added are that one.
    static Set<Capability> bounding(ContainerConfig.Security security, Set<Capability> host) {
        var wanted = EnumSet.noneOf(Capability.class);
        if (!hasAll(security.dropCapabilities())) {
            var all = security.privileged() || hasAll(security.addCapabilities());
            wanted.addAll(all ? host : USUAL);
        }
        wanted.addAll(parse(named(security.addCapabilities())));
        wanted.removeAll(parse(named(security.dropCapabilities())));
        wanted.retainAll(host);
        return wanted;
    }

    private static boolean hasAll(Collection<String> names) {
        return names.stream().anyMatch(ALL::equalsIgnoreCase);
    }

    private static List<String> named(Collection<String> names) {
        return names.stream().filter(name -> !name.equalsIgnoreCase(ALL)).toList();
    }

    /// The five sets. Root has all of them at once; anybody else only those asked for by name,
    /// which are ambient then so that they outlive execve(2).
    static Capabilities sets(
            Set<Capability> bounding, ContainerConfig.Security security, long uid) {
        if (uid == 0) {
            return new Capabilities(
                    names(bounding), names(bounding), List.of(), names(bounding), List.of());
        }
        var own = EnumSet.noneOf(Capability.class);
        own.addAll(parse(security.addCapabilities()));
        own.retainAll(bounding);
        return new Capabilities(names(bounding), names(own), names(own), names(own), names(own));
    }

    static Set<Capability> parse(Collection<String> names) {
        var parsed = EnumSet.noneOf(Capability.class);
        for (var name : names) {
            if (name.equalsIgnoreCase(ALL)) {
                return EnumSet.allOf(Capability.class);
            }
            parsed.add(
                    Capability.parse(name)
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "unknown capability '" + name + "'")));
        }
        return parsed;
    }

    static List<String> names(Set<Capability> capabilities) {
        return capabilities.stream().sorted().map(Capability::specName).toList();
    }
}
