package dev.kelpie.engine.host;

import dev.kelpie.runtime.kernel.EntryAttributes;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.spec.Linux.IdMappings;
import java.io.IOException;
import java.nio.channels.Channels;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Copies between two rooted directories with owners, modes and extended attributes; nothing
/// outside either can be reached.
final class TreeCopy {

    private final RootedDirectory from;
    private final RootedDirectory to;
    private final Instant time;
    private final Optional<IdMappings> owners;

    /// The copies belong to whom the originals do.
    TreeCopy(RootedDirectory from, RootedDirectory to, Instant time) {
        this(from, to, time, Optional.empty());
    }

    /// @param time that every copy gets as its time of change
    /// @param owners whose the copies are, by the owners of the originals; empty: the same
    TreeCopy(RootedDirectory from, RootedDirectory to, Instant time, Optional<IdMappings> owners) {
        this.from = from;
        this.to = to;
        this.time = time;
        this.owners = owners;
    }

    /// The content of both roots' directories; `.` is the root.
    void content(String directory) throws IOException {
        for (var entry : from.list(directory)) {
            var name = directory + "/" + entry.name();
            var facts = from.stat(name);
            if (facts.isPresent()) {
                entry(name, facts.get());
            }
        }
    }

    /// One entry, a directory with all in it.
    void entry(String name, EntryFacts facts) throws IOException {
        switch (facts.type()) {
            case DIRECTORY -> {
                to.makeDirectory(name, 0700);
                content(name);
            }
            case FILE -> file(name);
            case SYMLINK -> to.symlink(from.readSymlink(name), name);
            case FIFO -> to.makeFifo(name, facts.mode());
            case CHARACTER_DEVICE, BLOCK_DEVICE ->
                    to.makeDevice(name, facts.type(), facts.mode(), facts.device());
            case SOCKET, UNKNOWN -> {
                return; // nobody listens in a copy
            }
        }
        to.setAttributes(name, attributes(facts, from.extendedAttributes(name)));
    }

    EntryAttributes attributes(EntryFacts facts, Map<String, byte[]> extended) {
        return new EntryAttributes(
                (int) owners.map(ids -> ids.user(facts.uid())).orElse(facts.uid()).longValue(),
                (int) owners.map(ids -> ids.group(facts.gid())).orElse(facts.gid()).longValue(),
                facts.mode(),
                time,
                extended);
    }

    private void file(String name) throws IOException {
        try (var source = from.read(name);
                var channel = to.createFile(name, 0600);
                var target = Channels.newOutputStream(channel)) {
            source.transferTo(target);
        }
    }
}
