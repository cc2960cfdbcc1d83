package dev.kelpie.image.store;

import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// `content/index.json`: which images there are and what they are called, one descriptor per name.
/// A change writes the whole file anew and renames it. The entries in memory are those on disk.
final class NameIndex {

    static final String REF_NAME = "org.opencontainers.image.ref.name";

    /// The index an image was pulled through, so that `NAME@INDEXDIGEST` finds it again.
    static final String INDEX = "dev.kelpie.index";

    /// A manifest and one of its names; an image without a name has one entry without.
    record Entry(Descriptor manifest, Optional<ImageReference> name) {

        Optional<Digest> index() {
            return Optional.ofNullable(manifest.annotations().get(INDEX)).map(Digest::parse);
        }

        boolean isList() {
            return manifest.mediaType().isIndex();
        }

        Optional<String> annotation(String key) {
            return Optional.ofNullable(manifest.annotations().get(key));
        }
    }

    private final Disk disk;
    private final Path layout;
    private final Path file;
    private volatile List<Entry> entries = List.of();

    NameIndex(Disk disk) {
        this.disk = disk;
        this.layout = disk.root().resolve("content/oci-layout");
        this.file = disk.root().resolve("content/index.json");
    }

    void open() throws IOException {
        if (!Files.exists(layout)) {
            disk.replace(
                    layout, "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        }
        if (Files.exists(file)) {
            entries = read(Files.readAllBytes(file));
        } else {
            write(List.of());
        }
    }

    List<Entry> entries() {
        return entries;
    }

    /// One change at a time; readers see the list before or after it.
    synchronized void change(UnaryOperator<List<Entry>> change) throws IOException {
        var changed = List.copyOf(change.apply(entries));
        if (!changed.equals(entries)) {
            write(changed);
            entries = changed;
        }
    }

    /// Names (or with none, just keeps) a manifest. A name that another image had is taken from it.
    static List<Entry> with(List<Entry> before, Descriptor manifest, List<ImageReference> names) {
        var wanted = new LinkedHashSet<Entry>();
        names.forEach(name -> wanted.add(new Entry(manifest, Optional.of(name))));
        var after = new ArrayList<Entry>();
        for (var entry : before) {
            // one that is right already keeps its place: nothing is written then
            if (entry.name().filter(names::contains).isEmpty() || wanted.remove(entry)) {
                after.add(entry);
            }
        }
        after.addAll(wanted);
        return withoutOrphans(before, after, List.of(manifest));
    }

    static List<Entry> withoutNames(List<Entry> before, List<ImageReference> names) {
        var after = new ArrayList<>(before);
        after.removeIf(entry -> entry.name().filter(names::contains).isPresent());
        return withoutOrphans(before, after, List.of());
    }

    /// An image that lost its last name gets an entry without one; one that has a name loses that.
    private static List<Entry> withoutOrphans(
            List<Entry> before, List<Entry> after, List<Descriptor> added) {
        var named = new HashMap<Digest, Boolean>();
        after.forEach(
                e -> named.merge(e.manifest().digest(), e.name().isPresent(), Boolean::logicalOr));
        var result = new ArrayList<Entry>();
        for (var entry : after) {
            if (entry.name().isPresent() || !named.getOrDefault(entry.manifest().digest(), false)) {
                result.add(entry);
            }
        }
        var candidates = new ArrayList<>(added);
        before.forEach(entry -> candidates.add(entry.manifest()));
        for (var manifest : candidates) {
            // a list without its name is nothing: what it lists has entries of its own
            if (!manifest.mediaType().isIndex()
                    && named.putIfAbsent(manifest.digest(), false) == null) {
                result.add(new Entry(manifest, Optional.empty()));
            }
        }
        return result;
    }

    private List<Entry> read(byte[] json) {
        var what = "'" + file + "'";
        var read = new ArrayList<Entry>();
        for (var manifest : ImageJson.index(json, what).manifests()) {
            var name =
                    Optional.ofNullable(manifest.annotations().get(REF_NAME))
                            .map(text -> ImageJson.read(what, () -> ImageReference.parse(text)));
            read.add(new Entry(withoutName(manifest), name));
        }
        return List.copyOf(read);
    }

    private void write(List<Entry> all) throws IOException {
        var json = ImageJson.newObject();
        json.put("schemaVersion", 2);
        json.put("mediaType", dev.kelpie.image.spec.MediaType.OCI_INDEX.value());
        var manifests = json.putArray("manifests");
        for (var entry : all) {
            var annotations = new HashMap<>(entry.manifest().annotations());
            entry.name().ifPresent(name -> annotations.put(REF_NAME, name.toString()));
            manifests.add(ImageJson.toJson(entry.manifest().withAnnotations(annotations)));
        }
        disk.replace(file, ImageJson.bytes(json));
    }

    private static Descriptor withoutName(Descriptor manifest) {
        Map<String, String> annotations = new HashMap<>(manifest.annotations());
        annotations.remove(REF_NAME);
        return manifest.withAnnotations(annotations);
    }
}
