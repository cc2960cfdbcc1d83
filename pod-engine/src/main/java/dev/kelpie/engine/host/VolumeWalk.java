package dev.kelpie.engine.host;

import dev.kelpie.runtime.SystemCallException;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.kernel.Errno;
import dev.kelpie.runtime.kernel.RootedDirectory;
import java.util.ArrayDeque;
import java.util.Deque;

/// Everything in a volume but its top. Containers may work in it at the same time, so all of it
/// goes by names that cannot lead out of the volume, and what vanishes is passed over.
///
/// @param top of the volume: what lies on another file system is not of it
record VolumeWalk(RootedDirectory root, EntryFacts top) {

    /// Something to be done with an entry.
    @FunctionalInterface
    interface Work {
        void on(RootedDirectory root, String name, EntryFacts facts);
    }

    /// Level by level, so that no depth of folders is too much.
    void each(Work work) {
        var folders = new ArrayDeque<String>();
        folders.add("");
        while (!folders.isEmpty()) {
            var folder = folders.remove();
            try {
                for (var entry : root.list(folder.isEmpty() ? "." : folder)) {
                    entry(folder + "/" + entry.name(), work, folders);
                }
            } catch (SystemCallException e) {
                requireVanished(e);
            }
        }
    }

    private void entry(String name, Work work, Deque<String> folders) {
        var facts = root.stat(name);
        if (facts.isEmpty() || !isOfVolume(facts.get())) {
            return;
        }
        try {
            work.on(root, name, facts.get());
        } catch (SystemCallException e) {
            requireVanished(e);
            return;
        }
        if (facts.get().isDirectory()) {
            folders.add(name);
        }
    }

    /// Another pod may delete in a volume that both have.
    private static void requireVanished(SystemCallException e) {
        if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
            throw e;
        }
    }

    private boolean isOfVolume(EntryFacts facts) {
        var here = facts.inode();
        var there = top.inode();
        return here.deviceMajor() == there.deviceMajor()
                && here.deviceMinor() == there.deviceMinor();
    }
}
