package dev.kelpie.quadlet.translate;

import dev.kelpie.quadlet.translate.QuadletException.BadKeyException;
import dev.kelpie.quadlet.unit.Section;
import java.util.ArrayList;
import java.util.List;

/// The user namespace of a unit: `UserNS=` and the mapping keys, or the older `Remap*=` keys.
final class UserMapping {
    private static final List<String> EXPLICIT =
            List.of("UserNS", "UIDMap", "GIDMap", "SubUIDMap", "SubGIDMap");
    private static final List<String> REMAP = List.of("RemapUsers", "RemapUid", "RemapGid");

    private final Section own;
    private final boolean kube;

    /// @param kube whether this is for `kube play`, which takes no single mappings
    UserMapping(Section own, boolean kube) {
        this.own = own;
        this.kube = kube;
    }

    void write(CommandLine line) {
        boolean explicit = hasText(EXPLICIT);
        if (explicit && hasAny(REMAP)) {
            throw new BadKeyException(
                    "RemapUsers", "deprecated Remap keys are set along with explicit mapping keys");
        }
        line.texts("UserNS", "--userns");
        if (!kube) {
            line.words("UIDMap", "--uidmap").words("GIDMap", "--gidmap");
            line.texts("SubUIDMap", "--subuidname", "SubGIDMap", "--subgidname");
        }
        remap(line);
    }

    private boolean hasText(List<String> keys) {
        for (var key : keys) {
            if (own.text(key).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private boolean hasAny(List<String> keys) {
        for (var key : keys) {
            if (own.has(key)) {
                return true;
            }
        }
        return false;
    }

    private void remap(CommandLine line) {
        var users = own.raw("RemapUsers").orElse("");
        var uids = own.words("RemapUid");
        var gids = own.words("RemapGid");
        switch (users) {
            case "" -> requireNoIds(uids, gids);
            case "auto" -> line.add("--userns", auto(uids, gids));
            case "keep-id" -> line.add("--userns", keepId(uids, gids));
            case "manual" -> manual(line);
            default ->
                    throw new BadKeyException(
                            "RemapUsers", "unsupported RemapUsers option '" + users + "'");
        }
    }

    private static void requireNoIds(List<String> uids, List<String> gids) {
        if (!uids.isEmpty()) {
            throw new BadKeyException("RemapUid", "UidMap set without RemapUsers");
        }
        if (!gids.isEmpty()) {
            throw new BadKeyException("RemapGid", "GidMap set without RemapUsers");
        }
    }

    private String auto(List<String> uids, List<String> gids) {
        var parts = new ArrayList<String>();
        uids.forEach(uid -> parts.add("uidmapping=" + uid));
        gids.forEach(gid -> parts.add("gidmapping=" + gid));
        long size = Numbers.parse(own.setting("RemapUidSize").orElse("")).orElse(0);
        if (size > 0) {
            parts.add("size=" + size);
        }
        return parts.isEmpty() ? "auto" : "auto:" + String.join(",", parts);
    }

    private static String keepId(List<String> uids, List<String> gids) {
        var parts = new ArrayList<String>();
        if (uids.size() > 1) {
            throw new BadKeyException(
                    "RemapUid", "RemapUsers=keep-id supports only a single value for UID mapping");
        }
        if (gids.size() > 1) {
            throw new BadKeyException(
                    "RemapGid", "RemapUsers=keep-id supports only a single value for GID mapping");
        }
        uids.forEach(uid -> parts.add("uid=" + uid));
        gids.forEach(gid -> parts.add("gid=" + gid));
        return parts.isEmpty() ? "keep-id" : "keep-id:" + String.join(",", parts);
    }

    private void manual(CommandLine line) {
        if (kube) {
            throw new BadKeyException("RemapUsers", "RemapUsers=manual is not supported");
        }
        line.words("RemapUid", "--uidmap").words("RemapGid", "--gidmap");
    }
}
