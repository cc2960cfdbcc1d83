package dev.kelpie.runtime.spec;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Linux part of `config.json` (config-linux.md). Where no control group may be used, path and
/// resources are absent.
public record Linux(
        List<Namespace> namespaces,
        Map<String, String> sysctl,
        @JsonUnwrapped Group group,
        List<Device> devices,
        Optional<LinuxSeccomp> seccomp,
        @JsonUnwrapped Paths paths,
        @JsonUnwrapped IdMappings idMappings) {

    public Linux {
        namespaces = List.copyOf(namespaces);
        sysctl = Map.copyOf(sysctl);
        devices = List.copyOf(devices);
    }

    /// The container's control groups and its class of resctrl.
    public record Group(
            Optional<String> cgroupsPath,
            Optional<LinuxResources> resources,
            Optional<IntelRdt> intelRdt) {}

    /// Its share of caches and memory bandwidth, see the kernel's resctrl.
    public record IntelRdt(
            Optional<String> closID,
            Optional<String> l3CacheSchema,
            Optional<String> memBwSchema,
            List<String> schemata,
            boolean enableMonitoring) {

        public IntelRdt {
            schemata = List.copyOf(schemata);
        }
    }

    /// A namespace to make, or with `path` to join; one that is not listed is the host's.
    public record Namespace(String type, Optional<String> path) {}

    /// A device node to make in the container's /dev; `type` is `c`, `b` or `p`; `fileMode` as
    /// chmod(2) has it.
    public record Device(
            String path, String type, long major, long minor, int fileMode, long uid, long gid) {}

    /// What of /proc and /sys is hidden or not writable, how the root mount propagates, and the
    /// SELinux label of what the runtime mounts.
    public record Paths(
            List<String> maskedPaths,
            List<String> readonlyPaths,
            Optional<String> rootfsPropagation,
            Optional<String> mountLabel) {

        public Paths {
            maskedPaths = List.copyOf(maskedPaths);
            readonlyPaths = List.copyOf(readonlyPaths);
        }
    }

    /// User namespace mappings; empty without a user namespace of its own.
    public record IdMappings(List<IdMapping> uidMappings, List<IdMapping> gidMappings) {

        public IdMappings {
            uidMappings = List.copyOf(uidMappings);
            gidMappings = List.copyOf(gidMappings);
        }

        public static IdMappings none() {
            return new IdMappings(List.of(), List.of());
        }

        /// What a user of the namespace is called outside; the overflow id when it is not mapped.
        public long user(long inside) {
            return outside(uidMappings, inside);
        }

        /// As `user`, for a group.
        public long group(long inside) {
            return outside(gidMappings, inside);
        }

        /// Ids of outside to those inside.
        public IdMappings inverse() {
            return new IdMappings(inverse(uidMappings), inverse(gidMappings));
        }

        private static List<IdMapping> inverse(List<IdMapping> mappings) {
            return mappings.stream()
                    .map(one -> new IdMapping(one.hostID(), one.containerID(), one.size()))
                    .toList();
        }

        private static long outside(List<IdMapping> mappings, long inside) {
            return mappings.stream()
                    .filter(one -> one.has(inside))
                    .map(one -> one.hostID() + inside - one.containerID())
                    .findFirst()
                    .orElse(NOBODY);
        }
    }

    /// `/proc/sys/kernel/overflowuid`.
    private static final long NOBODY = 65_534;

    /// `size` ids from `containerID` on are `hostID` on outside.
    public record IdMapping(long containerID, long hostID, long size) {
        boolean has(long inside) {
            return inside >= containerID && inside < containerID + size;
        }
    }
}
