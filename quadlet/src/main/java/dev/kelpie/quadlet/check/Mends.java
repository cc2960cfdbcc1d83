package dev.kelpie.quadlet.check;

import java.util.List;

/// What to write instead of what cannot be translated, by how the reason begins.
final class Mends {
    private static final List<String> REASONS_AND_MENDS =
            List.of(
                    "the Image And Rootfs keys conflict", "keep one of them",
                    "the key Image is mandatory", "add Image=",
                    "invalid Group set without User", "add User=",
                    "invalid service Type", "write notify or oneshot, or leave it out",
                    "invalid KillMode", "write mixed or control-group, or leave it out",
                    "key Type can't be used without Device", "add Device=",
                    "cannot set gateway or range without subnet", "add Subnet=",
                    "cannot set more", "give each its own Subnet=",
                    "deprecated Remap keys", "keep the other keys: they say the same",
                    "UidMap set without RemapUsers", "write UIDMap=, or add RemapUsers=manual",
                    "GidMap set without RemapUsers", "write GIDMap=, or add RemapUsers=manual",
                    "unsupported RemapUsers option", "write auto, keep-id or manual",
                    "RemapUsers=manual is not supported", "write auto or keep-id",
                    "RemapUsers=keep-id supports only", "keep one",
                    "ReloadCmd and ReloadSignal", "keep one of them",
                    "invalid port format", "write PORT or FIRST-LAST, and /udp after it for UDP",
                    "source parameter is required", "add source=",
                    "source parameter does not include", "write source=PLACE",
                    "extra options are not supported", "leave out what follows the ':'",
                    "relative path in File key", "add SetWorkingDirectory=unit",
                    "neither SetWorkingDirectory", "add SetWorkingDirectory=unit",
                    "unsupported value for WorkingDirectory", "write yaml or unit",
                    "SetWorkingDirectory=yaml is only supported when", "write unit",
                    "SetWorkingDirectory=yaml is only supported in", "write unit or file",
                    "SetWorkingDirectory=file is only supported", "write yaml or unit",
                    "invalid User '", "write its number",
                    "invalid Group '", "write its number");

    private Mends() {}

    /// Empty where nothing better is known than the reason.
    static String of(String reason, String key) {
        for (int i = 0; i < REASONS_AND_MENDS.size(); i += 2) {
            if (reason.startsWith(REASONS_AND_MENDS.get(i))) {
                return REASONS_AND_MENDS.get(i + 1);
            }
        }
        return reason.startsWith("no ") ? "add " + key + "=" : "";
    }
}
