package dev.kelpie.image;

import dev.kelpie.image.registry.PullOptions;
import dev.kelpie.image.registry.Puller;
import dev.kelpie.image.registry.PushEvent;
import dev.kelpie.image.registry.PushOptions;
import dev.kelpie.image.registry.Pusher;
import dev.kelpie.image.registry.RegistrySettings;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageIndex;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.spec.MediaType;
import dev.kelpie.image.spec.Platform;
import dev.kelpie.image.store.ImageJson;
import dev.kelpie.image.store.ImageStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Lists of images under one name, one per platform (image-spec, image-index.md). The blobs of what
/// is listed are here, so that a list can be pushed whole.
public final class ManifestLists {

    /// What to say of an entry; empty leaves it as it is.
    ///
    /// @param annotations added to those that are there
    public record Words(
            Optional<String> os,
            Optional<String> architecture,
            Optional<String> variant,
            Map<String, String> annotations) {

        public static final Words NONE =
                new Words(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

        public Words {
            annotations = Map.copyOf(annotations);
        }

        private Descriptor said(Descriptor entry) {
            var merged = new LinkedHashMap<>(entry.annotations());
            merged.putAll(annotations);
            var described = entry.withAnnotations(merged);
            if (os.isEmpty() && architecture.isEmpty() && variant.isEmpty()) {
                return described;
            }
            var before = entry.platform().orElse(dev.kelpie.image.spec.Platform.host());
            return described.withPlatform(
                    new dev.kelpie.image.spec.Platform(
                            os.orElse(before.os()),
                            architecture.orElse(before.architecture()),
                            variant.isPresent() ? variant : before.variant()));
        }
    }

    /// Shorter ones are names.
    private static final int SHORTEST_ID = 12;

    private final ImageStore store;
    private final ImageFinder finder;
    private final Puller puller;
    private final Pusher pusher;

    ManifestLists(ImageStore store, RegistrySettings settings) {
        this.store = store;
        this.finder = new ImageFinder(store);
        this.puller = new Puller(store, settings);
        this.pusher = new Pusher(store, settings);
    }

    /// Makes an empty list; with `amend` one that is there will do.
    public Digest create(String name, boolean amend, Map<String, String> annotations) {
        var full = ImageFinder.localName(name);
        var known = find(name);
        if (known.isPresent()) {
            if (amend) {
                return known.get().digest();
            }
            throw new BadImageNameException("name '" + full + "' is in use by a list");
        }
        if (finder.find(name).isPresent()) {
            throw new BadImageNameException("name '" + full + "' is in use by an image");
        }
        return put(full, new ImageIndex(MediaType.OCI_INDEX, List.of(), annotations));
    }

    /// Makes a list of images that are here, in the place of whatever has the name.
    public Digest replace(String name, List<Image> images) {
        try (var lease = store.lease()) {
            var entries = new ArrayList<Descriptor>();
            for (var image : images) {
                store.hasBlob(image.digest(), lease);
                store.descriptor(image.digest())
                        .ifPresent(each -> entries.add(store.listed(plain(each))));
            }
            var full = ImageFinder.localName(name);
            store.unname(List.of(full));
            return put(full, new ImageIndex(MediaType.OCI_INDEX, entries, Map.of()));
        }
    }

    /// The image that a list has for a platform, if it is here.
    Optional<Image> image(String list, Platform platform) {
        if (store.lists().isEmpty()) {
            return Optional.empty();
        }
        return find(list)
                .flatMap(found -> index(found).choose(platform))
                .flatMap(entry ->
                        store.images().stream()
                                .filter(image -> image.digest().equals(entry.digest()))
                                .findFirst());
    }

    /// Adds an image: one that is here, or else (or with `docker://` before its name) one from a
    /// registry; with `all` every image of an index there.
    public Digest add(String list, String image, boolean all, PullOptions options, Words words)
            throws InterruptedException {
        get(list);
        var remote = image.startsWith("docker://");
        var name = image.replaceFirst("^docker://", "");
        var here = remote ? Optional.<ImageFinder.Found>empty() : finder.find(name);
        if (here.isPresent()) {
            try (var lease = store.lease()) {
                var found = here.get().image();
                store.hasBlob(found.digest(), lease);
                var descriptor =
                        store.descriptor(found.digest())
                                .orElseThrow(() -> ImageNotFoundException.of(name));
                return added(list, List.of(store.listed(plain(descriptor))), words);
            }
        }
        var result = new ArrayList<Digest>();
        puller.fetch(
                ImageFinder.reference(name),
                all,
                options,
                fetched -> result.add(added(list, fetched, words)));
        return result.getFirst();
    }

    private Digest added(String list, List<Descriptor> entries, Words words) {
        return change(
                list,
                index -> {
                    var all = new LinkedHashMap<Digest, Descriptor>();
                    index.manifests().forEach(entry -> all.put(entry.digest(), entry));
                    entries.forEach(entry -> all.put(entry.digest(), words.said(entry)));
                    return new ImageIndex(
                            index.mediaType(), List.copyOf(all.values()), index.annotations());
                });
    }

    /// Says more of an entry, by its digest or the name of an image that is here.
    public Digest annotate(String list, String entry, Words words) {
        var wanted = entry(list, entry);
        return change(
                list,
                index ->
                        new ImageIndex(
                                index.mediaType(),
                                index.manifests().stream()
                                        .map(one ->
                                                one.digest().equals(wanted) ? words.said(one) : one)
                                        .toList(),
                                index.annotations()));
    }

    /// Annotates the list itself.
    public Digest annotateList(String list, Map<String, String> annotations) {
        return change(
                list,
                index -> {
                    var merged = new LinkedHashMap<>(index.annotations());
                    merged.putAll(annotations);
                    return new ImageIndex(index.mediaType(), index.manifests(), merged);
                });
    }

    /// Takes entries out of a list.
    public Digest remove(String list, List<String> entries) {
        var doomed = entries.stream().map(each -> entry(list, each)).toList();
        var digest =
                change(
                        list,
                        index ->
                                new ImageIndex(
                                        index.mediaType(),
                                        index.manifests().stream()
                                                .filter(one -> !doomed.contains(one.digest()))
                                                .toList(),
                                        index.annotations()));
        store.collectGarbage();
        return digest;
    }

    private Digest entry(String list, String text) {
        var index = index(get(list));
        var digest =
                text.startsWith("sha256:") ? Digest.parse(text) : finder.get(text).image().digest();
        if (index.manifests().stream().noneMatch(one -> one.digest().equals(digest))) {
            throw new ImageNotFoundException("list '" + list + "' has no entry '" + text + "'");
        }
        return digest;
    }

    /// Deletes a list; the images stay if they have names of their own.
    public Digest delete(String list) {
        var name = named(list);
        var digest = get(list).digest();
        store.unname(List.of(name));
        store.collectGarbage();
        return digest;
    }

    /// As lines of the list of images; a list's id is its digest.
    List<ImageSummary> lines() {
        var lines = new ArrayList<ImageSummary>();
        store.lists()
                .forEach((name, list) ->
                        lines.add(
                                new ImageSummary(
                                        name.repository(),
                                        name.tag().orElse("<none>"),
                                        list.digest(),
                                        list.digest(),
                                        store.since(list.digest()),
                                        list.size())));
        return lines;
    }

    /// One more name for a list, if that is what is meant.
    boolean tag(String list, ImageReference newName) {
        var found = find(list);
        found.ifPresent(each -> store.addList(each, newName));
        return found.isPresent();
    }

    /// Takes a list's name away, and with its last one the list; by id all of them, if it has
    /// several only with `force`.
    Removal untag(String list, boolean force) {
        var digest = get(list).digest();
        var names = isId(list, digest) ? names(digest) : List.of(named(list));
        if (names.size() > 1 && !force) {
            throw new ImageInUseException(
                    "list '%s' has several names (%s): remove them by name, or all with --force"
                            .formatted(
                                    list,
                                    String.join(
                                            ", ",
                                            names.stream()
                                                    .map(ImageReference::toString)
                                                    .toList())));
        }
        store.unname(names);
        store.collectGarbage();
        return new Removal(names, names(digest).isEmpty() ? List.of(digest) : List.of());
    }

    private List<ImageReference> names(Digest list) {
        return store.lists().entrySet().stream()
                .filter(entry -> entry.getValue().digest().equals(list))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isId(String text, Digest list) {
        var id = text.replaceFirst("^sha256:", "");
        return id.length() >= SHORTEST_ID && list.hex().startsWith(id);
    }

    public boolean exists(String list) {
        return find(list).isPresent();
    }

    /// The list's JSON, byte for byte.
    public byte[] inspect(String list) {
        return bytes(get(list));
    }

    /// Sends a list and, with `all`, what it lists.
    public Digest push(
            String list,
            String target,
            boolean all,
            PushOptions options,
            Consumer<PushEvent> events)
            throws InterruptedException {
        return pusher.pushList(
                get(list).digest(), all, ImageFinder.reference(target), options, events);
    }

    private Digest change(String list, UnaryOperator<ImageIndex> change) {
        return put(named(list), change.apply(index(get(list))));
    }

    private Digest put(ImageReference name, ImageIndex index) {
        var bytes = ImageJson.toBytes(index);
        try (var lease = store.lease()) {
            var digest = store.putBlob(bytes, lease);
            store.addList(Descriptor.of(index.mediaType(), digest, bytes.length), name);
            return digest;
        }
    }

    private ImageIndex index(Descriptor list) {
        return ImageJson.index(bytes(list), "list " + list.digest());
    }

    private byte[] bytes(Descriptor list) {
        return store.readBlob(list.digest(), ImageJson.LARGEST_MANIFEST, "list " + list.digest());
    }

    private static Descriptor plain(Descriptor stored) {
        return Descriptor.of(stored.mediaType(), stored.digest(), stored.size());
    }

    private Descriptor get(String list) {
        return find(list)
                .orElseThrow(() -> new ImageNotFoundException("no such list: '" + list + "'"));
    }

    private Optional<Descriptor> find(String list) {
        return name(list).map(name -> store.lists().get(name));
    }

    private ImageReference named(String list) {
        return name(list)
                .orElseThrow(() -> new ImageNotFoundException("no such list: '" + list + "'"));
    }

    /// By its full name, a short one, or its digest.
    private Optional<ImageReference> name(String text) {
        for (var entry : store.lists().entrySet()) {
            if (isId(text, entry.getValue().digest())) {
                return Optional.of(entry.getKey());
            }
        }
        var wanted = ImageFinder.reference(text).withDefaultTag();
        var local = ImageFinder.localName(text);
        return store.lists().keySet().stream()
                .filter(name ->
                        name.equals(wanted)
                                || name.equals(local)
                                || (wanted.isShort()
                                        && name.tag().equals(wanted.tag())
                                        && name.path().endsWith("/" + wanted.path())))
                .findFirst();
    }
}
