package dev.kelpie.image.archive;

import dev.kelpie.image.BadArchiveException;
import dev.kelpie.image.BadImageException;
import dev.kelpie.image.Loaded;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.store.Lease;
import dev.kelpie.image.store.RatioGuard;
import dev.kelpie.image.store.UnpackLimits;
import dev.kelpie.image.tar.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// Loads the images of one archive: all of them, or none.
public final class ArchiveLoader {

    private final ImageStore store;
    private final String archive;

    /// `archive` is its name in messages.
    public ArchiveLoader(ImageStore store, String archive) {
        this.store = store;
        this.archive = archive;
    }

    /// A folder that holds what an archive would.
    public interface Folder {
        /// Hands every file over, by its path with slashes below the folder.
        void forEach(Visitor visitor) throws IOException, InterruptedException;
    }

    /// Takes the files of a folder.
    public interface Visitor {
        void file(String path, InputStream content) throws IOException;
    }

    private interface Reading {
        void into(ArchiveFiles files) throws IOException, InterruptedException;
    }

    /// Stores the images of a folder: an image layout, or one image of `dir:`.
    public List<Loaded> load(Folder folder) throws InterruptedException {
        return loadAll(files -> folder.forEach(files::take));
    }

    /// Reads `in` to its end and stores every image in it.
    public List<Loaded> load(InputStream in) throws InterruptedException {
        return loadAll(files -> {
            var plain = RatioGuard.decompress(in, UnpackLimits.DEFAULT);
            files.take(new TarReader(new BufferedInputStream(plain, 1 << 16)));
        });
    }

    private List<Loaded> loadAll(Reading in) throws InterruptedException {
        var complete = false;
        try {
            var loaded = loadLeased(in);
            complete = true;
            return loaded;
        } catch (BadImageException | BadArchiveException | IllegalArgumentException e) {
            throw new BadArchiveException("cannot load '" + archive + "': " + e.getMessage(), e);
        } catch (IOException e) {
            var reason = e.getMessage() == null ? "it is cut short" : e.getMessage();
            throw new BadArchiveException("cannot load '" + archive + "': " + reason, e);
        } finally {
            // an archive brings files that no image refers to even when all went well
            collect(complete);
        }
    }

    private void collect(boolean complete) {
        try {
            store.collectGarbage();
        } catch (RuntimeException e) {
            if (complete) {
                throw e;
            }
        }
    }

    private List<Loaded> loadLeased(Reading reading) throws IOException, InterruptedException {
        try (var lease = store.lease()) {
            var files = new ArchiveFiles(store, lease);
            reading.into(files);
            var images = find(files, lease);
            if (images.isEmpty()) {
                throw new BadArchiveException("it holds no image");
            }
            for (var image : images) {
                store.unpackAll(image.manifest(), image.config(), image.what(), lease);
            }
            var loaded = new ArrayList<Loaded>();
            for (var image : images) {
                loaded.add(new Loaded(store.add(image.descriptor(), image.names()), image.names()));
            }
            return loaded;
        }
    }

    /// Docker's newer archives are both kinds at once: the OCI part has the manifests as they were
    /// pushed, `manifest.json` the names.
    private List<ArchivedImage> find(ArchiveFiles files, Lease lease) {
        var docker = new DockerArchive(files, store, lease);
        var oci = new OciArchive(files, store, lease).images();
        if (oci.isEmpty()) {
            return docker.images(List.of());
        }
        var names = docker.namesByConfig();
        var found = new ArrayList<ArchivedImage>();
        for (var image : oci) {
            found.add(withNames(image, names));
        }
        found.addAll(docker.images(oci.stream().map(i -> i.manifest().config().digest()).toList()));
        return merged(found);
    }

    private static ArchivedImage withNames(
            ArchivedImage image, Map<Digest, List<ImageReference>> names) {
        var given = names.get(image.manifest().config().digest());
        return given == null || given.isEmpty()
                ? image
                : new ArchivedImage(
                        image.what(), image.descriptor(), image.manifest(), image.config(), given);
    }

    /// An OCI index lists an image once per name.
    private static List<ArchivedImage> merged(List<ArchivedImage> images) {
        var byDigest = new LinkedHashMap<Digest, ArchivedImage>();
        for (var image : images) {
            byDigest.merge(
                    image.descriptor().digest(),
                    image,
                    (one, other) -> {
                        var names = new LinkedHashSet<>(one.names());
                        names.addAll(other.names());
                        return new ArchivedImage(
                                one.what(),
                                one.descriptor(),
                                one.manifest(),
                                one.config(),
                                List.copyOf(names));
                    });
        }
        return List.copyOf(byDigest.values());
    }
}
