package dev.kelpie.engine.host;

import dev.kelpie.engine.sandbox.HostKernel.Owner;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.kernel.RootedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// A file or folder given to a user with all that is in it.
final class OwnerGiving {

    private final Path path;
    private final Owner owner;

    OwnerGiving(Path path, Owner owner) {
        this.path = path;
        this.owner = owner;
    }

    void run() throws IOException {
        try {
            if (Files.isDirectory(path)) {
                giveContent();
            }
            Files.setAttribute(path, "unix:uid", (int) owner.user(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", (int) owner.group(), LinkOption.NOFOLLOW_LINKS);
        } catch (HostException e) {
            throw new IOException("cannot give '" + path + "' to user " + owner.user(), e);
        }
    }

    private void giveContent() throws IOException {
        try (var root = RootedDirectory.open(path)) {
            var top = root.stat(".").orElseThrow(() -> new IOException("no folder " + path));
            new VolumeWalk(root, top).each(this::give);
        }
    }

    private void give(RootedDirectory root, String name, EntryFacts facts) {
        if (facts.uid() != owner.user() || facts.gid() != owner.group()) {
            root.changeOwner(name, (int) owner.user(), (int) owner.group());
        }
    }
}
