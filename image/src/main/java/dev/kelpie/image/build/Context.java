package dev.kelpie.image.build;

import dev.kelpie.image.BuildException;
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

/// The directory that COPY and ADD read from. A path in it that leads outside, by `..` or by a
/// link, is refused; what the ignore file hides does not exist.
final class Context {

    private static final int MOST_FILES = 1_000_000;

    /// A source path of an instruction, found: `name` is what it is called in the context.
    record Source(String name, Path file, boolean directory) {}

    private final Path root;
    private final IgnoreRules ignored;

    private Context(Path root, IgnoreRules ignored) {
        this.root = root;
        this.ignored = ignored;
    }

    static Context open(Path directory, Path containerfile) {
        try {
            return new Context(directory.toRealPath(), IgnoreRules.of(directory, containerfile));
        } catch (IOException e) {
            throw new BuildException("cannot read the build context '" + directory + "'", e);
        }
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
                    "%s: no such file '%s' in the build context '%s'%s"
                            .formatted(
                                    instruction.keyword(),
                                    word,
                                    root,
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
        var at = root.resolve(directory);
        var names = new ArrayList<String>();
        if (Files.isDirectory(at) && inside(at)) {
            try (var children = Files.newDirectoryStream(at)) {
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

    private Optional<Source> source(String name, Instruction instruction) throws IOException {
        var file = name.isEmpty() ? root : root.resolve(name);
        Path real;
        try {
            real = file.toRealPath();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (!inside(real)) {
            throw instruction.error(
                    "'" + name + "' leads out of the build context, to '" + real + "'");
        }
        var directory = Files.isDirectory(real);
        if (!name.isEmpty() && ignored.hides(name) && !(directory && ignored.hasExceptions())) {
            return Optional.empty();
        }
        return Optional.of(new Source(name, real, directory));
    }

    private boolean inside(Path path) throws IOException {
        return path.toRealPath().startsWith(root);
    }

    /// The file or link at `source` as an item at `target`.
    CopyItem item(Path source, String target, Ownership owner) throws IOException {
        var attributes = Files.readAttributes(source, "unix:*", LinkOption.NOFOLLOW_LINKS);
        var mode = attributes.get("mode") instanceof Integer number ? number & 07777 : 0644;
        var time = attributes.get("lastModifiedTime") instanceof FileTime t ? t.toInstant() : null;
        var modified = time == null ? java.time.Instant.EPOCH : time;
        if (is(attributes, "isDirectory")) {
            return new CopyItem(
                    target, CopyItem.Kind.DIRECTORY, Optional.empty(), "", mode, owner, modified);
        }
        if (is(attributes, "isSymbolicLink")) {
            var link = Files.readSymbolicLink(source).toString();
            return new CopyItem(
                    target, CopyItem.Kind.LINK, Optional.empty(), link, 0777, owner, modified);
        }
        if (!is(attributes, "isRegularFile")) {
            throw new IOException("'" + source + "' is a device, pipe or socket");
        }
        return new CopyItem(
                target, CopyItem.Kind.FILE, Optional.of(source), "", mode, owner, modified);
    }

    /// What is in a directory, below `target`, sorted, each directory before its contents.
    void contents(Source source, String target, Ownership owner, Map<String, CopyItem> items)
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
