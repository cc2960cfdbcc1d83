package dev.kelpie.image.registry;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.BadImageNameException;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.store.ImageJson;
import dev.kelpie.image.store.ImageStore;
import java.util.List;
import java.util.function.Consumer;

/// Sends images to registries. A registry's mirrors are never written to.
public final class Pusher {

    private final ImageStore store;
    private final RegistrySettings settings;
    private final Connections connections;

    public Pusher(ImageStore store, RegistrySettings settings) {
        this.store = store;
        this.settings = settings;
        this.connections = new Connections(settings, Connections.FIRST_PAUSE);
    }

    /// Sends an image under a full name; the digest that its manifest has there. With a digest in
    /// the name that must be it.
    public Digest push(
            Digest manifest, ImageReference to, PushOptions options, Consumer<PushEvent> events)
            throws InterruptedException {
        return pushed(
                to,
                options,
                events,
                push -> {
                    var sent = push.blobs(manifest);
                    push.name(reference(to, sent.digest), sent);
                    return sent.digest;
                });
    }

    /// Sends a list of images and, with `all`, the images themselves; its digest there.
    public Digest pushList(
            Digest list,
            boolean all,
            ImageReference to,
            PushOptions options,
            Consumer<PushEvent> events)
            throws InterruptedException {
        return pushed(
                to,
                options,
                events,
                push -> {
                    var what = "list " + list;
                    var bytes = store.readBlob(list, ImageJson.LARGEST_MANIFEST, what);
                    var index = ImageJson.index(bytes, what);
                    var sent = all ? push.members(index) : index;
                    var whole = sent.equals(index) ? bytes : ImageJson.toBytes(sent);
                    var digest = Digest.of(whole);
                    push.name(reference(to, digest), sent.mediaType(), whole);
                    return digest;
                });
    }

    /// What is done with an open push.
    interface Work {
        Digest with(Push push) throws RegistryFailure, InterruptedException;
    }

    Digest pushed(ImageReference to, PushOptions options, Consumer<PushEvent> events, Work work)
            throws InterruptedException {
        checkLevel(options);
        var serial = new Serial<>(events);
        var endpoint = options.access().applied(endpoint(to));
        Backoff.Notice notice =
                (reason, millis) -> serial.accept(new PushEvent.Retrying(reason, millis));
        try (var client = connections.open(endpoint, options.access(), notice);
                var lease = store.lease()) {
            var digest = work.with(new Push(store, client, options, lease, serial));
            serial.accept(new PushEvent.Named(to.toString(), digest));
            return digest;
        } catch (RegistryFailure e) {
            throw Connections.failed("push to '" + to + "'", List.of(e));
        } catch (BadImageException e) {
            throw new BadImageException("cannot push to '" + to + "': " + e.getMessage(), e);
        } finally {
            // layers that were packed for this only
            store.collectGarbage();
        }
    }

    private Endpoint endpoint(ImageReference to) {
        if (to.isShort()) {
            throw new BadImageNameException(
                    "cannot push to '" + to + "': give the full name, REGISTRY/" + to);
        }
        return Puller.endpoints(to, RegistriesConf.read(settings)).getLast();
    }

    private static void checkLevel(PushOptions options) {
        var most = options.compression().orElse(Compression.GZIP).mostLevel();
        options.level()
                .filter(level -> level < 1 || level > most)
                .ifPresent(level -> {
                    throw new IllegalArgumentException(
                            "compression level must be 1-" + most + ", was " + level);
                });
    }

    static String reference(ImageReference to, Digest sent) {
        if (to.digest().isEmpty()) {
            return to.tag().orElse("latest");
        }
        if (!to.digest().get().equals(sent)) {
            throw new BadImageException(
                    "its manifest is " + sent + " there, not " + to.digest().get());
        }
        return sent.toString();
    }
}
