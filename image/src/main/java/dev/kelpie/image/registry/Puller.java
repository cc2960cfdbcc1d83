package dev.kelpie.image.registry;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.BadImageNameException;
import dev.kelpie.image.Image;
import dev.kelpie.image.RegistryException;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.store.ImageStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Finds out where an image may come from and fetches it from the first place that has it.
public final class Puller {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final ImageStore store;
    private final RegistrySettings settings;
    private final Duration firstPause;

    public Puller(ImageStore store, RegistrySettings settings) {
        this(store, settings, FIRST_PAUSE);
    }

    Puller(ImageStore store, RegistrySettings settings, Duration firstPause) {
        this.store = store;
        this.settings = settings;
        this.firstPause = firstPause;
    }

    /// Fetches, verifies, unpacks and names the image.
    public Image pull(ImageReference name, PullOptions options, Consumer<PullEvent> events)
            throws InterruptedException {
        var conf = RegistriesConf.read(settings);
        var serial = new Serial(events);
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
                var chosen =
                        options.tlsVerify().isPresent()
                                ? endpoint.withInsecure(!options.tlsVerify().get())
                                : endpoint;
                try {
                    return pull(full, chosen, options, events);
                } catch (RegistryFailure e) {
                    failures.add(e);
                }
            }
        }
        throw failed(name, failures);
    }

    private Image pull(
            ImageReference name, Endpoint endpoint, PullOptions options, Consumer<PullEvent> events)
            throws RegistryFailure, InterruptedException {
        var files = options.authFile().map(List::of).orElse(settings.authFiles());
        var credentials = options.credentials().or(() -> AuthFile.find(files, endpoint));
        var backoff = new Backoff(options.retries(), firstPause, events);
        try (var client = new RegistryClient(endpoint, credentials, settings, backoff);
                var lease = store.lease()) {
            return new Pull(store, client, name, options.platform(), lease, events).run();
        }
    }

    private static List<ImageReference> candidates(ImageReference name, RegistriesConf conf) {
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

    private static List<Endpoint> endpoints(ImageReference name, RegistriesConf conf) {
        var endpoints = conf.endpoints(name);
        if (endpoints.isEmpty()) {
            throw new BadImageNameException(
                    "'" + name + "' is from a registry that registries.conf blocks");
        }
        return endpoints;
    }

    private static RegistryException failed(ImageReference name, List<RegistryFailure> failures) {
        var words = failures.stream().map(e -> String.valueOf(e.getMessage())).distinct().toList();
        var last = failures.getLast();
        var message = "cannot pull '" + name + "': " + String.join("; ", words);
        var failed =
                last.status == 0
                        ? new RegistryException(message, last)
                        : new RegistryException(message, last.status);
        failures.stream().filter(e -> e != last).forEach(failed::addSuppressed);
        return failed;
    }

    /// The listener hears one event at a time, whichever thread it comes from.
    private record Serial(Consumer<PullEvent> events, ReentrantLock lock)
            implements Consumer<PullEvent> {
        Serial(Consumer<PullEvent> events) {
            this(events, new ReentrantLock());
        }

        @Override
        public void accept(PullEvent event) {
            lock.lock();
            try {
                events.accept(event);
            } finally {
                lock.unlock();
            }
        }
    }
}
