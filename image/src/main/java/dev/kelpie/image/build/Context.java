package dev.kelpie.image.build;

import dev.kelpie.image.BuildException;
import dev.kelpie.image.store.LayerTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A directory that COPY and ADD read from: the build context, or the tree of a stage or image. A
/// path in a context that leads outside, by `..` or by a link, is refused; what the ignore file
/// hides does not exist. In an image links are followed inside it, and files keep their owners.
final class Context {

    private static final int MOST_FILES = 1_000_000;

    /// A source path of an instruction, found: `name` is what it is called in the context.
    record Source(String name, Path file, boolean directory) {}

    private final Path root;
    private final IgnoreRules ignored;
    private final Optional<LayerTrees> image;
    private final String what;

    private Context(Path root, IgnoreRules ignored, Optional<LayerTrees> image, String what) {
        this.root = root;
        this.ignored = ignored;
        this.image = image;
        this.what = what;
    }

    static Context open(Path directory, Path containerfile, Optional<Path> ignoreFile) {
        try {
            var root = directory.toRealPath();
            var rules =
                    ignoreFile.isPresent()
                            ? IgnoreRules.read(ignoreFile.get())
                            : IgnoreRules.of(directory, containerfile);
            return new Context(root, rules, Optional.empty(), "the build context '" + root + "'");
        } catch (IOException e) {
            throw new BuildException("cannot read the build context '" + directory + "'", e);
        }
    }

    /// The tree of an image or stage.
    static Context ofImage(Path tree, LayerTrees trees, String name) {
        return new Context(tree, new IgnoreRules(), Optional.of(trees), "'" + name + "'");
    }

    /// Whether nothing in it is hidden, so that it may be shown as it is.
    boolean isWhole() {
        return ignored.isEmpty();
    }

    /// The files that a word of COPY or ADD means, sorted; wild cards stay within their part.
    List<Source> sources(String word, Instruction instruction) throws IOException {
        var pattern = pattern(word, instruction);
        var candidates = List.of("");
        for (var part : pattern) {
            var next = new ArrayList<String>();
            for (var candidate : candidates) {
                next.addAll(matching(candidate, part));
            }
            candidates = next;
        }
        var sources = new ArrayList<Source>();
        for (var candidate : candidates) {
            source(candidate, instruction).ifPresent(sources::add);
        }
        if (sources.isEmpty()) {
            throw instruction.error(
                    "%s: no such file '%s' in %s%s"
                            .formatted(
                                    instruction.keyword(),
                                    word,
                                    what,
                                    candidates.stream().anyMatch(this::exists)
                                            ? ", because it is ignored"
                                            : ""));
        }
        return sources;
    }

    private boolean exists(String name) {
        return Files.exists(root.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    private static List<String> pattern(String word, Instruction instruction) {
        try {
            return PathPattern.parse(word).parts();
        } catch (IllegalArgumentException e) {
            throw instruction.error(e.getMessage() + " leaves the build context", e);
        }
    }

    private List<String> matching(String directory, String part) throws IOException {
        var prefix = directory.isEmpty() ? "" : directory + "/";
        if (!PathPattern.isPattern(part)) {
            return List.of(prefix + part.replace("\\", ""));
        }
        var at = locate(directory);
        var names = new ArrayList<String>();
        if (at.isPresent() && Files.isDirectory(at.get(), LinkOption.NOFOLLOW_LINKS)) {
            try (var children = Files.newDirectoryStream(at.get())) {
                for (var child : children) {
                    var name = String.valueOf(child.getFileName());
                    if (PathPattern.partMatches(part, name)) {
                        names.add(prefix + name);
                    }
                }
            }
        }
        names.sort(null);
        return names;
    }

    /// One file by its exact name; empty when there is none or it is hidden.
    Optional<Source> named(String name, Instruction instruction) throws IOException {
        return source(name, instruction);
    }

    private Optional<Source> source(String name, Instruction instruction) throws IOException {
        var located = locate(name);
        if (located.isEmpty()) {
            return Optional.empty();
        }
        var real = located.get();
        if (!real.startsWith(root)) {
            throw instruction.error("'" + name + "' leads out of " + what + ", to '" + real + "'");
        }
        var directory = Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS);
        if (!name.isEmpty() && ignored.hides(name) && !(directory && ignored.hasExceptions())) {
            return Optional.empty();
        }
        return Optional.of(new Source(name, real, directory));
    }

    /// Where a path of the context leads, links followed; of a context perhaps to the outside.
    private Optional<Path> locate(String name) throws IOException {
        if (image.isPresent()) {
            var inside = new LowerView(List.of(root)).resolve(name);
            var file = inside.isEmpty() ? root : root.resolve(inside);
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(file)
                    : Optional.empty();
        }
        try {
            return Optional.of((name.isEmpty() ? root : root.resolve(name)).toRealPath());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// The file or link at `source` as an item at `target`.
    CopyItem item(Path source, String target, Optional<Ownership> given) throws IOException {
        var attributes = Files.readAttributes(source, "unix:*", LinkOption.NOFOLLOW_LINKS);
        var mode = attributes.get("mode") instanceof Integer number ? number & 07777 : 0644;
        var time = attributes.get("lastModifiedTime") instanceof FileTime t ? t.toInstant() : null;
        var modified = time == null ? java.time.Instant.EPOCH : time;
        var owner = given.orElseGet(() -> image.isPresent() ? owner(attributes) : Ownership.ROOT);
        var xattrs = image.isPresent() ? image.get().attributes(source) : Map.<String, byte[]>of();
        if (is(attributes, "isDirectory")) {
            return CopyItem.directory(target, mode, owner, modified).with(xattrs);
        }
        if (is(attributes, "isSymbolicLink")) {
            return CopyItem.link(
                    target, Files.readSymbolicLink(source).toString(), owner, modified);
        }
        if (image.isPresent() && isFifo(attributes)) {
            return CopyItem.fifo(target, mode, owner, modified).with(xattrs);
        }
        if (!is(attributes, "isRegularFile")) {
            throw new IOException("'" + source + "' is a device, pipe or socket");
        }
        return CopyItem.file(target, source, mode, owner, modified).with(xattrs);
    }

    private static boolean isFifo(Map<String, Object> attributes) {
        return attributes.get("mode") instanceof Integer mode && (mode & 0170000) == 0010000;
    }

    private static Ownership owner(Map<String, Object> attributes) {
        return new Ownership(
                attributes.get("uid") instanceof Number uid ? uid.intValue() & 0xffff_ffffL : 0,
                attributes.get("gid") instanceof Number gid ? gid.intValue() & 0xffff_ffffL : 0);
    }

    /// What is in a directory, below `target`, sorted, each directory before its contents.
    void contents(
            Source source, String target, Optional<Ownership> owner, Map<String, CopyItem> items)
            throws IOException {
        var children = new TreeMap<String, Path>();
        try (var stream = Files.newDirectoryStream(source.file())) {
            for (var child : stream) {
                children.put(String.valueOf(child.getFileName()), child);
            }
        }
        for (var child : children.entrySet()) {
            var name =
                    source.name().isEmpty() ? child.getKey() : source.name() + "/" + child.getKey();
            var hidden = ignored.hides(name);
            var directory = Files.isDirectory(child.getValue(), LinkOption.NOFOLLOW_LINKS);
            if (hidden && !(directory && ignored.hasExceptions())) {
                continue;
            }
            var below = target.isEmpty() ? child.getKey() : target + "/" + child.getKey();
            var before = items.size();
            if (directory) {
                contents(new Source(name, child.getValue(), true), below, owner, items);
            }
            if (!hidden || items.size() > before) {
                items.put(below, item(child.getValue(), below, owner));
            }
            if (items.size() > MOST_FILES) {
                throw new IOException("more than " + MOST_FILES + " files to copy");
            }
        }
    }

    private static boolean is(Map<String, Object> attributes, String name) {
        return Boolean.TRUE.equals(attributes.get(name));
    }
}
