package dev.kelpie.image.registry;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.BadImageNameException;
import dev.kelpie.image.Image;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.store.ImageStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Finds out where an image may come from and fetches it from the first place that has it.
public final class Puller {

    private final ImageStore store;
    private final RegistrySettings settings;
    private final Connections connections;

    public Puller(ImageStore store, RegistrySettings settings) {
        this(store, settings, Connections.FIRST_PAUSE);
    }

    Puller(ImageStore store, RegistrySettings settings, Duration firstPause) {
        this.store = store;
        this.settings = settings;
        this.connections = new Connections(settings, firstPause);
    }

    /// Fetches, verifies, unpacks and names the image.
    public Image pull(ImageReference name, PullOptions options, Consumer<PullEvent> events)
            throws InterruptedException {
        var conf = RegistriesConf.read(settings);
        var serial = new Serial<>(events);
        var complete = false;
        try {
            var image = pull(name, conf, options, serial);
            complete = true;
            return image;
        } catch (BadImageException | IllegalArgumentException e) {
            throw new BadImageException("cannot pull '" + name + "': " + e.getMessage(), e);
        } finally {
            if (!complete) {
                store.collectGarbage();
            }
        }
    }

    /// Fetches an image, or all of an index, into blobs only, for a list; `keep` is called while
    /// they cannot be collected.
    public void fetch(
            ImageReference name, boolean all, PullOptions options, Consumer<List<Descriptor>> keep)
            throws InterruptedException {
        var conf = RegistriesConf.read(settings);
        var failures = new ArrayList<RegistryFailure>();
        for (var candidate : candidates(name, conf)) {
            var policy = new PolicyCheck(settings, candidate.withDefaultTag());
            policy.before();
            for (var endpoint : endpoints(candidate.withDefaultTag(), conf)) {
                var there = options.access().applied(endpoint);
                try (var client = connections.open(there, options.access(), (_, _) -> {});
                        var lease = store.lease()) {
                    var full = candidate.withDefaultTag();
                    var pull =
                            new Pull(store, client, full, options.platform(), lease, event -> {});
                    keep.accept(pull.content(all, policy));
                    return;
                } catch (RegistryFailure e) {
                    failures.add(e);
                } catch (BadImageException | IllegalArgumentException e) {
                    throw new BadImageException("cannot add '" + name + "': " + e.getMessage(), e);
                }
            }
        }
        throw Connections.failed("add '" + name + "'", failures);
    }

    private Image pull(
            ImageReference name,
            RegistriesConf conf,
            PullOptions options,
            Consumer<PullEvent> events)
            throws InterruptedException {
        var failures = new ArrayList<RegistryFailure>();
        for (var candidate : candidates(name, conf)) {
            var full = candidate.withDefaultTag();
            events.accept(new PullEvent.Trying(full.toString()));
            for (var endpoint : endpoints(full, conf)) {
                try {
                    return pull(full, options.access().applied(endpoint), options, events);
                } catch (RegistryFailure e) {
                    failures.add(e);
                }
            }
        }
        throw Connections.failed("pull '" + name + "'", failures);
    }

    private Image pull(
            ImageReference name, Endpoint endpoint, PullOptions options, Consumer<PullEvent> events)
            throws RegistryFailure, InterruptedException {
        var policy = new PolicyCheck(settings, name);
        policy.before();
        try (var client = connections.open(endpoint, options.access(), notice(events));
                var lease = store.lease()) {
            return new Pull(store, client, name, options.platform(), lease, events).run(policy);
        }
    }

    private static Backoff.Notice notice(Consumer<PullEvent> events) {
        return (reason, millis) -> events.accept(new PullEvent.Retrying(reason, millis));
    }

    static List<ImageReference> candidates(ImageReference name, RegistriesConf conf) {
        var candidates = conf.candidates(name);
        if (candidates.isEmpty()) {
            throw new BadImageNameException(
                    "'"
                            + name
                            + "' is a short name and no registry is configured to search for it: give"
                            + " the full name, REGISTRY/"
                            + name
                            + ", or set unqualified-search-registries in registries.conf");
        }
        return candidates;
    }

    static List<Endpoint> endpoints(ImageReference name, RegistriesConf conf) {
        var endpoints = conf.endpoints(name);
        if (endpoints.isEmpty()) {
            throw new BadImageNameException(
                    "'" + name + "' is from a registry that registries.conf blocks");
        }
        return endpoints;
    }
}
