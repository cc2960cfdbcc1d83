package dev.kelpie.image.store;

import dev.kelpie.image.tar.TarAttributes;
import dev.kelpie.image.tar.TarWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Layer trees with nothing but the JDK: no owners, no devices, whiteouts and opaque marks as the
/// files that tars have for them. Shows what [LayerTree] asks for; not safe against other
/// processes.
public final class PlainLayerTrees implements LayerTrees {

    /// What was asked for besides content, by path: `owner`, xattr names, nodes.
    public final Map<String, String> remarks = new TreeMap<>();

    @Override
    public LayerTree open(Path directory) {
        return new Tree(directory);
    }

    @Override
    public void delete(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(
                directory,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a)
                            throws IOException {
                        Files.setPosixFilePermissions(
                                dir, EnumSet.allOf(PosixFilePermission.class));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path dir, IOException e)
                            throws IOException {
                        Files.delete(dir);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /// Whiteouts and opaque marks are files here already.
    @Override
    public void pack(Path directory, TarWriter tar, PackRules rules) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(each -> !each.equals(directory)).sorted().toList()) {
                pack(directory.relativize(file).toString(), file, tar);
            }
        }
    }

    private static void pack(String name, Path file, TarWriter tar) throws IOException {
        var modified = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        var attributes = TarAttributes.of(0, 0, 0755, modified);
        if (Files.isSymbolicLink(file)) {
            tar.symlink(name, Files.readSymbolicLink(file).toString(), attributes);
        } else if (Files.isDirectory(file)) {
            tar.directory(name, attributes);
        } else {
            try (var in = Files.newInputStream(file)) {
                tar.file(name, attributes, Files.size(file), in);
            }
        }
    }

    @Override
    public boolean isOpaque(Path directory) {
        return Files.exists(directory.resolve(".wh..wh..opq"));
    }

    @Override
    public Map<String, byte[]> attributes(Path file) {
        return Map.of();
    }

    private final class Tree implements LayerTree {
        private final Path root;
        private final List<Path> implicit = new ArrayList<>();

        Tree(Path root) {
            this.root = root;
        }

        @Override
        public void directory(LayerPath path, FileAttributes attributes) throws IOException {
            var at = place(path);
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                clear(at);
                var whiteout = at.resolveSibling(".wh." + at.getFileName());
                if (Files.deleteIfExists(whiteout)) {
                    Files.createDirectory(at);
                    Files.createFile(at.resolve(".wh..wh..opq"));
                } else {
                    Files.createDirectory(at);
                }
            }
            implicit.remove(at);
            apply(path, at, attributes);
        }

        @Override
        public void file(LayerPath path, FileAttributes attributes, FileContent content)
                throws IOException {
            var at = fresh(path);
            try (var channel =
                    FileChannel.open(at, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo((offset, buffer, count) ->
                        channel.write(ByteBuffer.wrap(buffer, 0, count), offset));
                if (channel.size() < content.size()) {
                    channel.write(ByteBuffer.wrap(new byte[1]), content.size() - 1);
                }
            }
            apply(path, at, attributes);
        }

        @Override
        public void symlink(LayerPath path, FileAttributes attributes, byte[] target)
                throws IOException {
            Files.createSymbolicLink(
                    fresh(path), Path.of(new String(target, StandardCharsets.UTF_8)));
        }

        @Override
        public boolean hardLink(LayerPath path, LayerPath target) throws IOException {
            var existing = place(target);
            if (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            Files.createLink(fresh(path), existing);
            return true;
        }

        @Override
        public void node(LayerPath path, FileAttributes attributes, Node node) {
            remarks.put(path.toString(), node.toString());
        }

        @Override
        public void whiteout(LayerPath path) throws IOException {
            var at = place(path);
            if (Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                Files.createFile(at.resolve(".wh..wh..opq"));
            } else if (!Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                Files.createFile(at.resolveSibling(".wh." + at.getFileName()));
            }
        }

        @Override
        public void opaque(LayerPath directory) throws IOException {
            var at = place(directory);
            if (!Files.isDirectory(at)) {
                Files.createDirectory(at);
                implicit.add(at);
            }
            if (!Files.exists(at.resolve(".wh..wh..opq"))) {
                Files.createFile(at.resolve(".wh..wh..opq"));
            }
        }

        @Override
        public void directoryTime(LayerPath path, Instant modified) throws IOException {
            var at = place(path);
            if (Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                Files.setLastModifiedTime(at, FileTime.from(modified));
            }
        }

        @Override
        public boolean copyUp(LayerPath path, List<Path> lowers) throws IOException {
            for (var lower : lowers) {
                var from = lower.resolve(path.toString());
                if (Files.exists(from.resolveSibling(".wh." + from.getFileName()))) {
                    return false;
                }
                if (Files.exists(from, LinkOption.NOFOLLOW_LINKS)) {
                    Files.copy(
                            from,
                            fresh(path),
                            LinkOption.NOFOLLOW_LINKS,
                            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                    return true;
                }
            }
            return false;
        }

        @Override
        public void inherit(List<Path> lowers) throws IOException {
            for (var at : implicit) {
                for (var lower : lowers) {
                    var below = lower.resolve(root.relativize(at));
                    if (Files.isDirectory(below, LinkOption.NOFOLLOW_LINKS)) {
                        Files.setPosixFilePermissions(at, Files.getPosixFilePermissions(below));
                        break;
                    }
                }
            }
        }

        @Override
        public void sync() {}

        @Override
        public void close() {}

        private void apply(LayerPath path, Path at, FileAttributes attributes) throws IOException {
            remarks.put(
                    path.toString(),
                    attributes.uid() + ":" + attributes.gid() + " " + attributes.xattrs().keySet());
            Files.setPosixFilePermissions(at, permissions(attributes.mode()));
            Files.setLastModifiedTime(at, FileTime.from(attributes.modified()));
        }

        private Set<PosixFilePermission> permissions(int mode) {
            // ordered as the bits are, from the owner's read down
            var all = PosixFilePermission.values();
            var set = EnumSet.noneOf(PosixFilePermission.class);
            for (var i = 0; i < all.length; i++) {
                if ((mode >> (8 - i) & 1) != 0) {
                    set.add(all[i]);
                }
            }
            return set;
        }

        private Path fresh(LayerPath path) throws IOException {
            var at = place(path);
            clear(at);
            Files.deleteIfExists(at.resolveSibling(".wh." + at.getFileName()));
            return at;
        }

        private void clear(Path at) throws IOException {
            if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                delete(at);
            }
            implicit.removeIf(directory -> directory.startsWith(at));
        }

        /// Where a path is in the real directory: links of parents followed inside the root.
        private Path place(LayerPath path) throws IOException {
            var parts = new ArrayDeque<>(Arrays.asList(path.toString().split("/", -1)));
            var at = root;
            var links = 0;
            while (!parts.isEmpty()) {
                var part = parts.removeFirst();
                if (part.isEmpty() || part.equals(".")) {
                    continue;
                }
                if (part.equals("..")) {
                    at = at.equals(root) ? root : at.resolve("..").normalize();
                    continue;
                }
                var next = at.resolve(part);
                if (parts.isEmpty()) {
                    return next;
                }
                if (Files.isSymbolicLink(next)) {
                    if (++links > 40) {
                        throw new IOException("Too many levels of symbolic links");
                    }
                    var target = Files.readSymbolicLink(next).toString();
                    at = target.startsWith("/") ? root : at;
                    var more = target.split("/", -1);
                    for (var i = more.length - 1; i >= 0; i--) {
                        parts.addFirst(more[i]);
                    }
                    continue;
                }
                if (!Files.isDirectory(next, LinkOption.NOFOLLOW_LINKS)) {
                    clear(next);
                    Files.createDirectory(next);
                    Files.setPosixFilePermissions(next, permissions(0755));
                    implicit.add(next);
                }
                at = next;
            }
            return at;
        }
    }
}
