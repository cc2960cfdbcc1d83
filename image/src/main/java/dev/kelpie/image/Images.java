package dev.kelpie.image;

import dev.kelpie.image.archive.ArchiveFormat;
import dev.kelpie.image.archive.ArchiveLoader;
import dev.kelpie.image.archive.ArchiveSaver;
import dev.kelpie.image.archive.SavedImage;
import dev.kelpie.image.build.Assembly;
import dev.kelpie.image.build.BaseImages;
import dev.kelpie.image.build.BuildEvent;
import dev.kelpie.image.build.BuildRequest;
import dev.kelpie.image.build.Building;
import dev.kelpie.image.build.ImageBuilder;
import dev.kelpie.image.build.StepRunner;
import dev.kelpie.image.registry.PullEvent;
import dev.kelpie.image.registry.PullOptions;
import dev.kelpie.image.registry.Puller;
import dev.kelpie.image.registry.RegistrySettings;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.spec.Platform;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.store.LayerTrees;
import dev.kelpie.image.store.PlainUnpacking;
import dev.kelpie.image.store.RatioGuard;
import dev.kelpie.image.store.UnpackLimits;
import dev.kelpie.image.tar.TarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The images of one engine root. Safe for many threads; the caller sees to it that no other
/// process opens the same root.
public final class Images {

    private final ImageStore store;
    private final ImageFinder finder;
    private final Puller puller;
    private volatile Consumer<ImageEvent> watcher = _ -> {};
    private final Registries registries;
    private final ManifestLists lists;

    private Images(ImageStore store, RegistrySettings registries) {
        this.store = store;
        this.finder = new ImageFinder(store);
        this.puller = new Puller(store, registries);
        this.registries = new Registries(store, registries);
        this.lists = new ManifestLists(store, registries);
    }

    /// Opens the store below `root` (`content`, `layers`, `ingest`), makes it when missing, and
    /// cleans up what a crash left half-done.
    public static Images open(Path root, LayerTrees trees, RegistrySettings registries) {
        return new Images(ImageStore.open(root, trees, UnpackLimits.DEFAULT), registries);
    }

    /// Has everything told that is done to images from now on; `watcher` must be quick.
    public void watch(Consumer<ImageEvent> events) {
        watcher = events;
    }

    private void tell(String action, Image image, String name) {
        watcher.accept(new ImageEvent(action, image.id().hex(), name, ""));
    }

    /// Makes an image of one layer: the tar, plain or compressed, of a root file system.
    public Image importTar(
            InputStream tar, Platform platform, Assembly.Words words, List<String> names)
            throws InterruptedException {
        return new Assembly(store)
                .onNothing(
                        platform,
                        out -> RatioGuard.decompress(tar, UnpackLimits.DEFAULT).transferTo(out),
                        words.withNames(localNames(names)));
    }

    /// Makes an image of what an overlay over another image has in its upper directory.
    public Image commit(String base, Path upper, Assembly.Words words, List<String> names)
            throws InterruptedException {
        return new Assembly(store)
                .on(get(base), out -> pack(upper, out), words.withNames(localNames(names)));
    }

    /// Writes a directory tree as a tar, with all that a layer may carry.
    public void pack(Path directory, OutputStream out) throws IOException, InterruptedException {
        try (var tar = new TarWriter(out)) {
            store.trees().pack(directory, tar, LayerTrees.PackRules.USUAL);
        }
    }

    private static List<ImageReference> localNames(List<String> names) {
        return names.stream().map(ImageFinder::localName).toList();
    }

    /// What the images take of the disk, and whether it is all right.
    public Storage storage() {
        return new Storage(store, this::all);
    }

    /// Lists of images, one per platform.
    public ManifestLists lists() {
        return lists;
    }

    /// Pushing, logins, and questions to registries.
    public Registries registries() {
        return registries;
    }

    /// Fetches an image; a layer or image that is here already is not fetched again. A short name
    /// is looked for in the registries that registries.conf lists for searching.
    public Image pull(String name, PullOptions options, Consumer<PullEvent> events)
            throws InterruptedException {
        try {
            var image = puller.pull(ImageFinder.reference(name), options, events);
            tell("pull", image, name);
            return image;
        } catch (ImageException e) {
            watcher.accept(new ImageEvent("pull-error", "", name, String.valueOf(e.getMessage())));
            throw e;
        }
    }

    /// Reads all images of an oci-archive or docker-archive, plain or compressed, to its end.
    /// `archiveName` is for messages.
    public List<Loaded> load(InputStream archive, String archiveName) throws InterruptedException {
        var loaded = new ArchiveLoader(store, archiveName).load(archive);
        loaded.forEach(each -> tell("loadfromarchive", each.image(), archiveName));
        return loaded;
    }

    /// The same of a folder: an OCI image layout, or one image as `dir:` has it.
    public List<Loaded> load(ArchiveLoader.Folder folder, String name) throws InterruptedException {
        var loaded = new ArchiveLoader(store, name).load(folder);
        loaded.forEach(each -> tell("loadfromarchive", each.image(), name));
        return loaded;
    }

    /// Writes an archive to a stream; see [ArchiveSaver].
    public void save(List<SavedImage> saved, ArchiveFormat format, OutputStream out)
            throws InterruptedException {
        new ArchiveSaver(store, format, false).save(saved, out);
        saved.forEach(each -> tell("save", each.image(), each.image().displayName()));
    }

    /// Writes an archive as a file or folder; see [ArchiveSaver].
    public void save(List<SavedImage> saved, ArchiveFormat format, boolean compress, Path path)
            throws InterruptedException {
        new ArchiveSaver(store, format, compress).save(saved, path);
        saved.forEach(each -> tell("save", each.image(), path.toString()));
    }

    /// An image to save: under the name it was asked for (by id: under none) and these.
    public SavedImage toSave(String nameOrId, List<String> moreNames) {
        var found = finder.get(nameOrId);
        var names = new LinkedHashSet<ImageReference>();
        found.name().ifPresent(names::add);
        moreNames.forEach(name -> names.add(ImageFinder.localName(name)));
        return new SavedImage(found.image(), List.copyOf(names));
    }

    /// Builds an image without running anything.
    public Image build(BuildRequest request, Consumer<BuildEvent> events)
            throws InterruptedException {
        return build(request, StepRunner.NONE, events);
    }

    /// Builds an image; `runner` runs its steps.
    public Image build(BuildRequest request, StepRunner runner, Consumer<BuildEvent> events)
            throws InterruptedException {
        var tags = request.tags().stream().map(ImageFinder::localName).toList();
        var means = new Building.Means(store, new Bases(), runner);
        var image = new ImageBuilder(means, request, events).build(tags);
        store.keptSteps().settle();
        tell("build", image, image.displayName());
        return image;
    }

    /// Unpacks a tar, plain or compressed, into an empty directory; nothing leads out of that.
    public void unpack(Path archive, Path directory) throws InterruptedException {
        PlainUnpacking.unpack(archive, directory, store.trees());
    }

    /// Forgets steps of builds: all with their cache mounts, or those whose layers no image has;
    /// how many.
    public int pruneBuilds(boolean all) {
        return store.keptSteps().prune(all);
    }

    /// Forgets the steps of builds used longest ago, until what only they keep takes at most so
    /// many bytes; how many.
    public int trimBuilds(long most) {
        return store.keptSteps().trim(most);
    }

    /// One line per name, newest image first; lists of images come last.
    public List<ImageSummary> list() {
        var lines = new ArrayList<ImageSummary>();
        for (var image : all()) {
            if (image.names().isEmpty()) {
                lines.add(summary(image, "<none>", "<none>"));
            }
            for (var name : image.names()) {
                lines.add(summary(image, name.repository(), name.tag().orElse("<none>")));
            }
        }
        lines.addAll(lists.lines());
        return lines;
    }

    /// Every image once, newest first.
    public List<Image> all() {
        var newestFirst = Comparator.comparing(Image::created).reversed();
        return store.images().stream()
                .sorted(newestFirst.thenComparing(Image::displayName))
                .toList();
    }

    /// By name (full or short, tag `latest` when it has neither tag nor digest), `NAME@DIGEST`, or
    /// `[sha256:]ID` or a prefix of it. A short name means `localhost/NAME` first, then any image
    /// whose name ends in it. Of a list it is this host's. Throws [BadImageNameException] for an
    /// ambiguous id prefix.
    public Optional<Image> find(String nameOrId) {
        return finder.find(nameOrId)
                .map(ImageFinder.Found::image)
                .or(() -> lists.image(nameOrId, Platform.host()));
    }

    /// As [#find], with [ImageNotFoundException] when there is none.
    public Image get(String nameOrId) {
        return find(nameOrId).orElseThrow(() -> unknown(nameOrId));
    }

    private ImageNotFoundException unknown(String nameOrId) {
        return lists.exists(nameOrId)
                ? new ImageNotFoundException(
                        "list '%s' has no image for %s that is here"
                                .formatted(nameOrId, Platform.host()))
                : ImageNotFoundException.of(nameOrId);
    }

    /// Gives an image or a list one more name, taking it from another image if need be; a short
    /// name becomes `localhost/NAME`.
    public ImageReference tag(String nameOrId, String newName) {
        var name = ImageFinder.localName(newName);
        if (finder.find(nameOrId).isEmpty() && lists.tag(nameOrId, name)) {
            return name;
        }
        var image = get(nameOrId);
        store.descriptor(image.digest()).ifPresent(manifest -> store.add(manifest, List.of(name)));
        tell("tag", image, name.toString());
        return name;
    }

    /// Takes these names from an image, or all when none are given; the image stays.
    public List<ImageReference> untag(String nameOrId, List<String> names) {
        var image = get(nameOrId);
        var doomed =
                names.isEmpty()
                        ? image.names()
                        : names.stream().map(ImageFinder::localName).toList();
        for (var name : doomed) {
            if (!image.names().contains(name)) {
                throw new ImageNotFoundException(
                        "image '" + nameOrId + "' has no name '" + name + "'");
            }
        }
        store.unname(doomed);
        doomed.forEach(name -> tell("untag", image, name.toString()));
        return doomed;
    }

    /// Takes a name away, and deletes the image when that was its last one or when it was given by
    /// id. An image in `inUse` (image ids that containers have) is never deleted:
    /// [ImageInUseException], unless it has other names and is only untagged. By id, an image with
    /// several names needs `force`.
    public Removal remove(String nameOrId, boolean force, Set<Digest> inUse) {
        if (finder.find(nameOrId).isEmpty() && lists.exists(nameOrId)) {
            return lists.untag(nameOrId, force);
        }
        var found = finder.get(nameOrId);
        var image = found.image();
        var name = found.name();
        if (name.isPresent() && image.names().size() > 1) {
            store.unname(List.of(name.get()));
            tell("untag", image, name.get().toString());
            return new Removal(List.of(name.get()), List.of());
        }
        var same = name.isPresent() ? List.of(image) : twins(image);
        var names = same.stream().flatMap(each -> each.names().stream()).toList();
        if (name.isEmpty() && names.size() > 1 && !force) {
            throw new ImageInUseException(
                    "image '%s' has several names (%s): remove them by name, or all with --force"
                            .formatted(nameOrId, joined(names)));
        }
        if (inUse.contains(image.id())) {
            throw new ImageInUseException(
                    "image '" + nameOrId + "' is in use by a container: " + image.id().brief());
        }
        return delete(same);
    }

    /// An image in every way that it was packed: one id, manifests that differ.
    private List<Image> twins(Image image) {
        return all().stream().filter(each -> each.id().equals(image.id())).toList();
    }

    /// Deletes images without a name (with `all`, every image) that are not in `inUse` and pass.
    public Removal prune(boolean all, Set<Digest> inUse, Predicate<Image> wanted) {
        return delete(
                all().stream()
                        .filter(image -> all || image.names().isEmpty())
                        .filter(image -> !inUse.contains(image.id()))
                        .filter(wanted)
                        .toList());
    }

    private Removal delete(List<Image> images) {
        var untagged = new ArrayList<ImageReference>();
        var deleted = new ArrayList<Digest>();
        var manifests = new HashSet<Digest>();
        for (var image : images) {
            untagged.addAll(image.names());
            if (!deleted.contains(image.id())) {
                deleted.add(image.id());
            }
            manifests.add(image.digest());
        }
        if (!manifests.isEmpty()) {
            store.remove(manifests);
        }
        images.forEach(image -> {
            image.names().forEach(name -> tell("untag", image, name.toString()));
            tell("remove", image, image.displayName());
        });
        return new Removal(untagged, deleted);
    }

    private static ImageSummary summary(Image image, String repository, String tag) {
        return new ImageSummary(
                repository, tag, image.id(), image.digest(), image.created(), image.size());
    }

    private static String joined(List<ImageReference> names) {
        return String.join(", ", names.stream().map(ImageReference::toString).toList());
    }

    /// Where a build finds its base images: here, or where a pull finds them.
    private final class Bases implements BaseImages {
        @Override
        public Optional<Image> find(String name) {
            return Images.this.find(name);
        }

        @Override
        public Image pull(String name, PullOptions options, Consumer<PullEvent> events)
                throws InterruptedException {
            return Images.this.pull(name, options, events);
        }
    }
}
