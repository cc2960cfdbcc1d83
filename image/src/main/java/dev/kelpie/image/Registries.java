package dev.kelpie.image;

import dev.kelpie.image.registry.Access;
import dev.kelpie.image.registry.Credentials;
import dev.kelpie.image.registry.Logins;
import dev.kelpie.image.registry.PullOptions;
import dev.kelpie.image.registry.PushEvent;
import dev.kelpie.image.registry.PushOptions;
import dev.kelpie.image.registry.Pusher;
import dev.kelpie.image.registry.Queries;
import dev.kelpie.image.registry.RegistrySettings;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.store.ImageStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What there is to do with registries besides pulling from them.
public final class Registries {

    private final ImageFinder finder;
    private final RegistrySettings settings;
    private final Pusher pusher;
    private final Queries queries;

    Registries(ImageStore store, RegistrySettings settings) {
        this.finder = new ImageFinder(store);
        this.settings = settings;
        this.pusher = new Pusher(store, settings);
        this.queries = new Queries(settings);
    }

    /// Sends an image under a name; the digest of its manifest there.
    public Digest push(
            String nameOrId, String target, PushOptions options, Consumer<PushEvent> events)
            throws InterruptedException {
        var image = finder.get(nameOrId).image();
        return pusher.push(image.digest(), ImageFinder.reference(target), options, events);
    }

    /// Whether the registry has, under the name of an image that is here, another one by now.
    public boolean differs(String name, PullOptions options) throws InterruptedException {
        var found = finder.get(name);
        return queries.differs(
                found.image(), found.name().orElse(ImageFinder.reference(name)), options);
    }

    /// A manifest or index as a registry has it.
    public byte[] manifest(String name, Access access) throws InterruptedException {
        return queries.manifest(ImageFinder.reference(name), access);
    }

    /// All tags of a repository, as the registry lists them.
    public List<String> tags(String repository, Access access) throws InterruptedException {
        return queries.tags(ImageFinder.reference(repository), access);
    }

    /// Repositories whose name has `term` in it, of one registry.
    public List<Queries.Hit> search(String registry, String term, int limit, Access access)
            throws InterruptedException {
        return queries.search(registry, term, limit, access);
    }

    /// The registries to search when nobody names one.
    public List<String> searched() {
        return queries.searched();
    }

    /// Checks credentials with a registry and keeps them in `authFile`.
    public void login(String registry, Credentials.Password password, Access access, Path authFile)
            throws InterruptedException {
        queries.login(queries.registry(registry), access.withCredentials(password));
        logins(authFile).keep(registry, password);
    }

    /// What is kept in one file.
    public Logins logins(Path authFile) {
        return new Logins(authFile, settings.helpers());
    }

    /// The policy that counts, or the place for one.
    public Path policy() {
        return settings.policies().stream()
                .filter(Files::exists)
                .findFirst()
                .orElseGet(() -> settings.policies().getLast());
    }

    /// Where signatures of a scope lie, if that is configured; of the empty one, by default.
    public Optional<String> signatureStore(String scope) {
        return queries.signatureStore(scope);
    }

    /// Another of the usual files that knows a registry.
    public Optional<Path> knows(String registry) throws InterruptedException {
        for (var file : settings.authFiles()) {
            if (logins(file).user(registry).isPresent()) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /// The file that logins are kept in unless another is named.
    public Path authFile() {
        return settings.authFiles().getFirst();
    }
}
