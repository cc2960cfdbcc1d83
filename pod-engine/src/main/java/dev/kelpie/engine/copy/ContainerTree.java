package dev.kelpie.engine.copy;

import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.spec.Linux.IdMappings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The files of one container, opened for copying: those of a running one as its processes see
/// them, those of another as they would be, its volumes in their places.
public final class ContainerTree implements AutoCloseable {

    /// A volume of a container that does not run.
    ///
    /// @param away it cannot be reached now
    public record Place(String mountPath, Path source, String subPath, boolean away) {}

    /// What its users and groups are called on the host, in its root and in its places; empty: as
    /// inside.
    public record Owners(Optional<IdMappings> root, Optional<IdMappings> places) {
        public static final Owners SAME = new Owners(Optional.empty(), Optional.empty());
    }

    /// What a container is made of, for whoever copies.
    ///
    /// @param places volumes that are not mounted in the root
    /// @param uid of its user
    public record Shape(
            List<Place> places, String workingDirectory, long uid, long gid, Owners owners) {
        public Shape {
            places =
                    places.stream()
                            .sorted(
                                    Comparator.comparingInt(
                                                    (Place place) -> place.mountPath().length())
                                            .reversed())
                            .toList();
        }
    }

    /// What to do with an opened place.
    private interface Work<T> {
        T in(RootedDirectory root, String name, Optional<IdMappings> owners) throws IOException;
    }

    private final RootedDirectory root;
    private final Shape shape;
    private final Runnable onClose;

    public ContainerTree(RootedDirectory root, Shape shape, Runnable onClose) {
        this.root = root;
        this.shape = shape;
        this.onClose = onClose;
    }

    /// The path as it is meant: relative ones start in the container's working directory.
    public String absolute(String path) {
        var whole = path.startsWith("/") ? path : shape.workingDirectory() + "/" + path;
        return Path.of("/" + whole).normalize().toString();
    }

    /// What is there, links followed; empty for nothing, and for what cannot be copied.
    public Optional<CopyItem.Kind> lookUp(String path) throws IOException {
        return at(
                path,
                (place, name, _) ->
                        place.statFollowing(name)
                                .map(EntryFacts::type)
                                .flatMap(type ->
                                        switch (type) {
                                            case DIRECTORY -> Optional.of(CopyItem.Kind.DIRECTORY);
                                            case FILE -> Optional.of(CopyItem.Kind.FILE);
                                            case FIFO -> Optional.of(CopyItem.Kind.FIFO);
                                            default -> Optional.empty();
                                        }));
    }

    /// Hands on what is at `path`, called `as` in the copy; with an empty `as`, what is in that
    /// directory.
    public void read(String path, String as, CopySink sink) throws IOException {
        at(
                path,
                (place, name, owners) -> {
                    new TreeReader(place, owned(sink, owners.map(IdMappings::inverse)))
                            .read(name, as);
                    return true;
                });
    }

    /// What does the writing of entries below a directory.
    @FunctionalInterface
    public interface Writing {
        void to(CopySink sink) throws IOException;
    }

    /// Opens the directory and lets `writing` put entries in it.
    public void write(String directory, WriteRule rule, Writing writing) throws IOException {
        var owner =
                rule.chown()
                        ? Optional.of(new TreeWriter.Owner(shape.uid(), shape.gid()))
                        : Optional.<TreeWriter.Owner>empty();
        at(
                directory,
                (place, name, owners) -> {
                    var mapped = owner.map(it -> it.under(owners));
                    var below = new TreeWriter(place, name, mapped, rule.overwrite());
                    writing.to(owned(below, owners));
                    return true;
                });
    }

    private static CopySink owned(CopySink sink, Optional<IdMappings> owners) {
        return owners.<CopySink>map(ids ->
                        (item, content) ->
                                sink.put(
                                        item.ownedBy(ids.user(item.uid()), ids.group(item.gid())),
                                        content))
                .orElse(sink);
    }

    private <T> T at(String path, Work<T> work) throws IOException {
        var whole = absolute(path);
        try {
            for (var place : shape.places()) {
                if (Path.of(whole).startsWith(place.mountPath())) {
                    if (place.away()) {
                        throw new IOException(
                                "volume at '"
                                        + place.mountPath()
                                        + "' is mounted only while its pod runs");
                    }
                    var rest = Path.of(place.mountPath()).relativize(Path.of(whole));
                    return in(place, rest, work, shape.owners().places());
                }
            }
            return work.in(root, whole, shape.owners().root());
        } catch (HostException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// A volume is a root of its own, and its sub path one inside it.
    private static <T> T in(Place place, Path rest, Work<T> work, Optional<IdMappings> owners)
            throws IOException {
        var name = place.subPath() + "/" + rest;
        if (!Files.isDirectory(place.source())) {
            try (var volume = RootedDirectory.open(place.source().resolveSibling("."))) {
                return work.in(volume, String.valueOf(place.source().getFileName()), owners);
            }
        }
        try (var volume = RootedDirectory.open(place.source())) {
            if (place.subPath().isEmpty()
                    || volume.statFollowing(place.subPath())
                            .filter(EntryFacts::isDirectory)
                            .isEmpty()) {
                return work.in(volume, name, owners);
            }
            try (var part = volume.open(place.subPath())) {
                return work.in(part, "/" + rest, owners);
            }
        }
    }

    @Override
    public void close() {
        root.close();
        onClose.run();
    }
}
