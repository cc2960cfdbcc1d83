package dev.kelpie.image.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the layers so far look like to the next one: whether a path exists, where its links lead,
/// who owns a directory. Links are followed inside the image, never on the host.
final class LowerView {

    private static final int MOST_LINKS = 40;

    /// A file of the image: its real path (no leading slash), where its bytes are, what it carries.
    record Found(
            String path,
            Path file,
            boolean directory,
            int mode,
            long uid,
            long gid,
            Instant modified) {}

    /// Whether a directory of a layer hides what is below it.
    interface Opacity {
        boolean isOpaque(Path directory) throws IOException;
    }

    private final List<Path> lowers;
    private final Opacity opacity;

    /// Layer directories, top first, none of them with an opaque directory.
    LowerView(List<Path> lowers) {
        this(lowers, _ -> false);
    }

    /// Layer directories, top first.
    LowerView(List<Path> lowers, Opacity opacity) {
        this.lowers = List.copyOf(lowers);
        this.opacity = opacity;
    }

    /// Where `path` really is: each part that is a link in the image is followed, also the last;
    /// what does not exist is taken as written.
    String resolve(String path) throws IOException {
        var todo = new ArrayDeque<>(List.of(path.split("/", -1)));
        var real = new ArrayList<String>();
        var links = 0;
        while (!todo.isEmpty()) {
            var part = todo.removeFirst();
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                if (!real.isEmpty()) {
                    real.removeLast();
                }
                continue;
            }
            real.add(part);
            var target = linkTarget(String.join("/", real));
            if (target.isPresent()) {
                if (++links > MOST_LINKS) {
                    throw new IOException("too many links in the image's '" + path + "'");
                }
                real.removeLast();
                if (target.get().startsWith("/")) {
                    real.clear();
                }
                var parts = target.get().split("/", -1);
                for (var i = parts.length - 1; i >= 0; i--) {
                    todo.addFirst(parts[i]);
                }
            }
        }
        return String.join("/", real);
    }

    /// The topmost file at a path that [#resolve] gave.
    Optional<Found> find(String path) throws IOException {
        for (var lower : lowers) {
            // first, or a link of this layer in a directory's place would be followed on the host
            if (hidesBelow(lower, path)) {
                return Optional.empty();
            }
            var file = path.isEmpty() ? lower : lower.resolve(path);
            var attributes = attributes(file);
            if (attributes.isEmpty()) {
                if (isCutOff(lower, path)) {
                    return Optional.empty();
                }
                continue;
            }
            return isWhiteout(attributes)
                    ? Optional.empty()
                    : Optional.of(found(path, file, attributes));
        }
        return Optional.empty();
    }

    /// Whether a directory above `path` in this layer is opaque, so that what the layers below have
    /// does not count.
    private boolean isCutOff(Path lower, String path) throws IOException {
        for (var slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            var directory = lower.resolve(path.substring(0, slash));
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            if (opacity.isOpaque(directory)) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> linkTarget(String path) throws IOException {
        var found = find(path);
        if (found.isPresent() && Files.isSymbolicLink(found.get().file())) {
            return Optional.of(Files.readSymbolicLink(found.get().file()).toString());
        }
        return Optional.empty();
    }

    /// A whiteout or a file where `path` has a directory ends the search below.
    private static boolean hidesBelow(Path lower, String path) throws IOException {
        for (var slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            var attributes = attributes(lower.resolve(path.substring(0, slash)));
            if (attributes.isEmpty()) {
                return false;
            }
            if (!Boolean.TRUE.equals(attributes.get("isDirectory"))) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, Object> attributes(Path file) throws IOException {
        try {
            return Files.readAttributes(file, "unix:*", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Map.of();
        } catch (java.nio.file.FileSystemException e) {
            if ("Not a directory".equals(e.getReason())) {
                return Map.of();
            }
            throw e;
        }
    }

    /// Whether a file of a layer only hides what is below.
    static boolean isWhiteout(Path file) throws IOException {
        return isWhiteout(attributes(file));
    }

    private static boolean isWhiteout(Map<String, Object> attributes) {
        return Boolean.TRUE.equals(attributes.get("isOther"))
                && number(attributes, "rdev") == 0
                && (number(attributes, "mode") & 0170000) == 0020000;
    }

    private static Found found(String path, Path file, Map<String, Object> attributes) {
        var modified = (java.nio.file.attribute.FileTime) attributes.get("lastModifiedTime");
        return new Found(
                path,
                file,
                Boolean.TRUE.equals(attributes.get("isDirectory")),
                (int) number(attributes, "mode") & 07777,
                number(attributes, "uid") & 0xffff_ffffL,
                number(attributes, "gid") & 0xffff_ffffL,
                modified == null ? Instant.EPOCH : modified.toInstant());
    }

    private static long number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
