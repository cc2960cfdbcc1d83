package dev.kelpie.engine.host;

import dev.kelpie.engine.sandbox.HostKernel.GroupGift;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.kernel.EntryType;
import dev.kelpie.runtime.kernel.RootedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// A volume given to a group. Containers may work in it at the same time, so all of it goes by
/// names that cannot lead out of the volume.
///
/// @see <a
///   href="https://kubernetes.io/docs/tasks/configure-pod-container/security-context/">`fsGroup` in
///   Kubernetes</a>
final class GroupGiving {

    private static final int READ = 0440;
    private static final int WRITE = 0220;
    private static final int ENTER = 0110;
    private static final int SET_GROUP = 02000;

    private final Path volume;
    private final GroupGift gift;

    GroupGiving(Path volume, GroupGift gift) {
        this.volume = volume;
        this.gift = gift;
    }

    void run() throws IOException {
        try (var root = RootedDirectory.open(volume)) {
            var top = root.stat(".").orElseThrow(() -> new IOException("no volume " + volume));
            if (gift.unlessDone() && isDone(top)) {
                return;
            }
            new VolumeWalk(root, top).each(this::give);
            Files.setAttribute(volume, "unix:gid", (int) gift.group(), LinkOption.NOFOLLOW_LINKS);
            root.changeMode(".", mode(top));
        } catch (HostException e) {
            throw new IOException(
                    "cannot give volume '" + volume + "' to group " + gift.group(), e);
        }
    }

    private void give(RootedDirectory root, String name, EntryFacts facts) {
        root.changeOwner(name, -1, (int) gift.group());
        if (facts.type() != EntryType.SYMLINK) {
            // after the owner, which takes the set-id bits away
            root.changeMode(name, mode(facts));
        }
    }

    private boolean isDone(EntryFacts top) {
        return top.gid() == gift.group() && (top.mode() & 07777) == mode(top);
    }

    private int mode(EntryFacts facts) {
        var mode = (facts.mode() & 07777) | READ | (gift.readOnly() ? 0 : WRITE);
        return facts.isDirectory() ? mode | ENTER | SET_GROUP : mode;
    }
}
