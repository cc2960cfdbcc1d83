package dev.kelpie.engine.host;

import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.kernel.EntryType;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.spec.Linux.IdMappings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;

/// What the engine made for a pod, given to the pod's users: root's to their root, the volume's
/// group to theirs. Files that the pod made belong to its users already.
///
/// @param group that volumes were given to
record UserGiving(IdMappings ids, OptionalLong group) {

    void give(Path tree) throws IOException {
        try (var root = RootedDirectory.open(tree.resolveSibling("."))) {
            var name = String.valueOf(tree.getFileName());
            var facts = root.stat(name);
            if (facts.isPresent()) {
                give(root, name, facts.get());
            }
        } catch (HostException e) {
            throw new IOException("cannot give '" + tree + "' to the pod's users", e);
        }
    }

    private void give(RootedDirectory root, String name, EntryFacts facts) {
        if (facts.isDirectory()) {
            for (var entry : root.list(name)) {
                var below = name + "/" + entry.name();
                root.stat(below).ifPresent(it -> give(root, below, it));
            }
        }
        int uid = facts.uid() == 0 && !isMapped(0) ? (int) ids.user(0) : -1;
        int gid = group(facts.gid());
        if (uid == -1 && gid == -1) {
            return;
        }
        root.changeOwner(name, uid, gid);
        if (facts.type() != EntryType.SYMLINK) {
            root.changeMode(name, facts.mode() & 07777);
        }
    }

    private int group(long gid) {
        var given = group.isPresent() && group.getAsLong() == gid;
        var engines = gid == 0 && ids.inverse().group(0) == NOBODY;
        return given || engines ? (int) ids.group(gid) : -1;
    }

    /// Whether one of the pod's users has this id.
    private boolean isMapped(long uid) {
        return ids.inverse().user(uid) != NOBODY;
    }

    private static final long NOBODY = 65_534;
}
