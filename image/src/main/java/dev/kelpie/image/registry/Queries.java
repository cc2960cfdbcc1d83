package dev.kelpie.image.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.image.BadImageException;
import dev.kelpie.image.BadImageNameException;
import dev.kelpie.image.Image;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.store.ImageJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Questions to registries that bring no image.
public final class Queries {

    private static final int MOST_PAGES = 1000;
    private static final int MOST_NAMES = 1_000_000;
    private static final int LARGEST_PAGE = 8 << 20;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");

    private final RegistrySettings settings;
    private final Connections connections;

    public Queries(RegistrySettings settings) {
        this.settings = settings;
        this.connections = new Connections(settings, Connections.FIRST_PAUSE);
    }

    /// A repository that a search found.
    public record Hit(String name, String description, int stars, boolean official) {}

    /// A question to an open client.
    private interface Question<T> {
        T ask(RegistryClient client) throws RegistryFailure, InterruptedException;
    }

    /// Whether the registry now has another image under this name than `here`.
    public boolean differs(Image here, ImageReference name, PullOptions options)
            throws InterruptedException {
        var reference = name.digest().map(Digest::toString).orElse(name.tag().orElse("latest"));
        return asked(
                "look for '" + name + "'",
                name,
                options.access(),
                client -> {
                    var head = client.digest(reference);
                    if (head.isPresent() && isKnown(here, head.get())) {
                        return false;
                    }
                    var fetched = client.manifest(reference, name.digest());
                    if (!fetched.type.isIndex()) {
                        return !fetched.digest.equals(here.digest());
                    }
                    // an index may change without a change for this platform
                    var chosen =
                            ImageJson.index(fetched.bytes, "index " + fetched.digest)
                                    .choose(options.platform());
                    return !chosen.map(one -> one.digest().equals(here.digest())).orElse(false);
                });
    }

    /// A manifest or index, byte for byte.
    public byte[] manifest(ImageReference name, Access access) throws InterruptedException {
        var reference = name.digest().map(Digest::toString).orElse(name.tag().orElse("latest"));
        return asked(
                "read the manifest of '" + name + "'",
                name,
                access,
                client -> client.manifest(reference, name.digest()).bytes);
    }

    private static boolean isKnown(Image image, Digest digest) {
        return image.digest().equals(digest)
                || image.repositoryDigests().stream().anyMatch(one -> one.endsWith("@" + digest));
    }

    /// All tags of a repository, as the registry lists them.
    public List<String> tags(ImageReference repository, Access access) throws InterruptedException {
        return asked(
                "list the tags of '" + repository + "'",
                repository,
                access,
                client -> {
                    var uri = Optional.of(client.uri("/tags/list"));
                    var tags = new ArrayList<String>();
                    for (var page = 0; uri.isPresent() && page < MOST_PAGES; page++) {
                        var at = uri.get();
                        var response = client.backoff().until(() -> get(client, at));
                        uri = next(client, at, response);
                        take(json(client, response).path("tags"), tags);
                    }
                    return List.copyOf(tags);
                });
    }

    /// Whether the registry takes these credentials; throws with its words when it does not.
    public void login(Endpoint registry, Access access) throws InterruptedException {
        var endpoint = access.applied(registry);
        try (var client = connections.open(endpoint, access, (_, _) -> {})) {
            Wire.closeQuietly(get(client, client.base("/v2/")).body());
        } catch (RegistryFailure e) {
            throw Connections.failed("log in to '" + registry.host() + "'", List.of(e));
        }
    }

    /// Where a login for `host[:port][/path]` goes.
    public Endpoint registry(String text) {
        var slash = text.indexOf('/');
        var host = slash < 0 ? text : text.substring(0, slash);
        try {
            // with a path the grammar of names holds for both
            ImageReference.parse(host + (slash < 0 ? "/x" : text.substring(slash)));
            var conf = RegistriesConf.read(settings);
            return new Endpoint(
                    host, slash < 0 ? "" : text.substring(slash + 1), conf.isInsecure(host));
        } catch (IllegalArgumentException e) {
            throw new BadImageNameException("not a registry: '" + text + "'", e);
        }
    }

    /// The registries to search when a term names none.
    public List<String> searched() {
        return RegistriesConf.read(settings).searched();
    }

    /// Repositories of one registry whose name has `term` in it, at most `limit`: by the search of
    /// Docker's first interface if it has that, else out of its catalog.
    public List<Hit> search(String registry, String term, int limit, Access access)
            throws InterruptedException {
        var endpoint = access.applied(registry(registry));
        try (var client = connections.open(endpoint, access, (_, _) -> {})) {
            var found = searched(client, term, limit);
            return found.isPresent() ? found.get() : catalog(client, term, limit);
        } catch (RegistryFailure e) {
            throw Connections.failed("search '" + registry + "' for '" + term + "'", List.of(e));
        }
    }

    private static Optional<List<Hit>> searched(RegistryClient client, String term, int limit)
            throws RegistryFailure, InterruptedException {
        var query =
                "/v1/search?q=" + URLEncoder.encode(term, StandardCharsets.UTF_8) + "&n=" + limit;
        var response =
                client.exchange(Wire.Request.get(client.base(query), Map.of(), Optional.empty()));
        if (response.statusCode() != 200) {
            Wire.closeQuietly(response.body());
            return Optional.empty();
        }
        var hits = new ArrayList<Hit>();
        for (var one : json(client, response).path("results")) {
            hits.add(
                    new Hit(
                            client.endpoint().host() + "/" + clean(one.path("name").asText("")),
                            clean(one.path("description").asText("")),
                            one.path("star_count").asInt(),
                            one.path("is_official").asBoolean()));
        }
        return Optional.of(hits.stream().limit(limit).toList());
    }

    private static String clean(String text) {
        return RegistryWords.clean(text);
    }

    private static List<Hit> catalog(RegistryClient client, String term, int limit)
            throws RegistryFailure, InterruptedException {
        var hits = new ArrayList<Hit>();
        var uri = Optional.of(client.base("/v2/_catalog?n=1000"));
        for (var page = 0; uri.isPresent() && page < MOST_PAGES; page++) {
            var response = get(client, uri.get());
            uri = next(client, uri.get(), response);
            var names = new ArrayList<String>();
            take(json(client, response).path("repositories"), names);
            for (var name : names) {
                if (name.contains(term)) {
                    hits.add(new Hit(client.endpoint().host() + "/" + clean(name), "", 0, false));
                }
                if (hits.size() == limit) {
                    return hits;
                }
            }
        }
        return hits;
    }

    private <T> T asked(String what, ImageReference name, Access access, Question<T> question)
            throws InterruptedException {
        var conf = RegistriesConf.read(settings);
        var failures = new ArrayList<RegistryFailure>();
        for (var candidate : Puller.candidates(name, conf)) {
            for (var endpoint : Puller.endpoints(candidate.withDefaultTag(), conf)) {
                try (var client =
                        connections.open(access.applied(endpoint), access, (_, _) -> {})) {
                    return question.ask(client);
                } catch (RegistryFailure e) {
                    failures.add(e);
                } catch (BadImageException e) {
                    throw new BadImageException("cannot " + what + ": " + e.getMessage(), e);
                }
            }
        }
        throw Connections.failed(what, failures);
    }

    private static HttpResponse<InputStream> get(RegistryClient client, URI uri)
            throws RegistryFailure, InterruptedException {
        return client.ok(client.exchange(Wire.Request.get(uri, Map.of(), Optional.empty())), 200);
    }

    private static ObjectNode json(RegistryClient client, HttpResponse<InputStream> response)
            throws RegistryFailure {
        try (var body = response.body()) {
            return ImageJson.object(body.readNBytes(LARGEST_PAGE), "list from " + client.from());
        } catch (IOException e) {
            throw RegistryFailure.interrupted(client.from() + " broke off", e);
        }
    }

    /// The next page, which must be at the same registry.
    private static Optional<URI> next(
            RegistryClient client, URI at, HttpResponse<InputStream> response)
            throws RegistryFailure {
        var link = NEXT.matcher(response.headers().firstValue("Link").orElse(""));
        if (!link.find()) {
            return Optional.empty();
        }
        try {
            var next = at.resolve(link.group(1));
            if (!client.endpoint().host().equals(next.getAuthority()) || next.equals(at)) {
                throw new IllegalArgumentException("elsewhere");
            }
            return Optional.of(next);
        } catch (IllegalArgumentException e) {
            throw RegistryFailure.wrong(
                    client.from() + " goes on at '" + RegistryWords.clean(link.group(1)) + "'");
        }
    }

    private static void take(JsonNode list, List<String> into) throws RegistryFailure {
        for (var name : list) {
            into.add(name.asText(""));
            if (into.size() > MOST_NAMES) {
                throw RegistryFailure.wrong(
                        "the registry lists more than " + MOST_NAMES + " names");
            }
        }
    }

    /// Where registries.d says that signatures of a scope lie.
    public Optional<String> signatureStore(String scope) {
        return Lookaside.configured(settings.signatures(), scope);
    }
}
