package dev.kelpie.engine.host;

import dev.kelpie.image.store.LayerTrees.PackRules;
import dev.kelpie.image.store.LayerXattrs;
import dev.kelpie.image.tar.TarAttributes;
import dev.kelpie.image.tar.TarWriter;
import dev.kelpie.runtime.kernel.DirectoryEntry;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.kernel.FileName;
import dev.kelpie.runtime.kernel.RootedDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Writes one directory tree, such as the upper one of an overlay, as a layer's tar.
final class TreePacker {

    private final RootedDirectory root;
    private final TarWriter tar;
    private final PackRules rules;

    /// Files with several names, by what identifies them: the first name is the file.
    private final Map<EntryFacts.Inode, String> linked = new HashMap<>();

    TreePacker(RootedDirectory root, TarWriter tar, PackRules rules) {
        this.root = root;
        this.tar = tar;
        this.rules = rules;
    }

    void pack() throws IOException, InterruptedException {
        if (rules.root()) {
            var facts = root.stat(".");
            if (facts.isPresent()) {
                tar.directory("./", plain(".", facts.get()));
            }
        }
        contents("");
    }

    private void contents(String directory) throws IOException, InterruptedException {
        var entries = root.list(directory.isEmpty() ? "." : directory);
        entries.sort(Comparator.comparing(entry -> latin(entry.name())));
        for (DirectoryEntry entry : entries) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            var name = directory.isEmpty() ? entry.name() : directory + "/" + entry.name();
            var facts = root.stat(name);
            if (facts.isPresent()) {
                entry(name, facts.get());
            }
        }
    }

    private void entry(String name, EntryFacts facts) throws IOException, InterruptedException {
        if (facts.isWhiteout()) {
            hide(name);
            return;
        }
        var first = facts.links() > 1 && !facts.isDirectory() ? earlier(name, facts) : "";
        if (!first.isEmpty()) {
            tar.hardLink(latin(name), latin(first), plain(name, facts));
            return;
        }
        switch (facts.type()) {
            case DIRECTORY -> directory(name, facts);
            case FILE -> {
                try (var content = root.read(name)) {
                    tar.file(latin(name), attributes(name, facts), facts.size(), content);
                }
            }
            case SYMLINK ->
                    tar.symlink(
                            latin(name), latin(root.readSymlink(name)), attributes(name, facts));
            case FIFO -> tar.node('6', latin(name), attributes(name, facts));
            case CHARACTER_DEVICE, BLOCK_DEVICE ->
                    tar.device(
                            facts.type() == dev.kelpie.runtime.kernel.EntryType.BLOCK_DEVICE
                                    ? '4'
                                    : '3',
                            latin(name),
                            attributes(name, facts),
                            facts.device().major(),
                            facts.device().minor());
            case SOCKET, UNKNOWN -> {
                return; // nobody listens in an image
            }
        }
    }

    /// The name under which a file with several names is in the archive already; empty when it is
    /// not.
    private String earlier(String name, EntryFacts facts) {
        var first = linked.putIfAbsent(facts.inode(), name);
        return first == null ? "" : first;
    }

    private void directory(String name, EntryFacts facts) throws IOException, InterruptedException {
        var xattrs = root.extendedAttributes(name);
        tar.directory(latin(name), attributes(name, facts, xattrs));
        if (xattrs.containsKey(RootedLayerTree.OPAQUE)) {
            tar.file(
                    latin(name) + "/.wh..wh..opq",
                    marker(),
                    0,
                    java.io.InputStream.nullInputStream());
        }
        contents(name);
    }

    private void hide(String name) throws IOException {
        var slash = name.lastIndexOf('/') + 1;
        var marked = name.substring(0, slash) + ".wh." + name.substring(slash);
        tar.file(latin(marked), marker(), 0, java.io.InputStream.nullInputStream());
    }

    private static TarAttributes marker() {
        return TarAttributes.of(0, 0, 0644, Instant.EPOCH);
    }

    private TarAttributes attributes(String name, EntryFacts facts) {
        return attributes(name, facts, root.extendedAttributes(name));
    }

    private TarAttributes plain(String name, EntryFacts facts) {
        return attributes(name, facts, Map.of());
    }

    private TarAttributes attributes(String name, EntryFacts facts, Map<String, byte[]> xattrs) {
        var kept = new TreeMap<>(xattrs);
        kept.keySet().removeIf(each -> !LayerXattrs.isAllowed(each));
        var modified = root.modified(name);
        var newest = rules.newest();
        return new TarAttributes(
                facts.uid(),
                facts.gid(),
                facts.mode(),
                newest.isPresent() && modified.isAfter(newest.get()) ? newest.get() : modified,
                kept);
    }

    private static String latin(String name) {
        return new String(FileName.encode(name), StandardCharsets.ISO_8859_1);
    }
}
