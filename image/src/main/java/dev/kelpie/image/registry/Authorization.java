package dev.kelpie.image.registry;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.store.ImageJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Answers a registry's challenges: Basic, or a bearer token fetched from where it points to
/// (distribution's token authentication). One for all requests of a pull.
final class Authorization {

    private static final int LARGEST_TOKEN = 1 << 20;

    private final Wire wire;
    private final Endpoint endpoint;
    private final Optional<Credentials> credentials;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Optional<String> header = Optional.empty();

    Authorization(Wire wire, Endpoint endpoint, Optional<Credentials> credentials) {
        this.wire = wire;
        this.endpoint = endpoint;
        this.credentials = credentials;
    }

    /// What to send with the next request.
    Optional<String> header() {
        return header;
    }

    /// After a 401 to a request that had `sent`: whether there is something better to send now.
    boolean renew(Optional<String> sent, List<Challenge> challenges)
            throws RegistryFailure, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!header.equals(sent)) {
                // another thread's request was refused too, and it was quicker
                return true;
            }
            var answer = answer(challenges);
            if (answer.isEmpty() || answer.equals(sent)) {
                return false;
            }
            header = answer;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private Optional<String> answer(List<Challenge> challenges)
            throws RegistryFailure, InterruptedException {
        for (var challenge : challenges) {
            if (challenge.scheme().equals("bearer")) {
                return Optional.of("Bearer " + token(challenge));
            }
            if (challenge.scheme().equals("basic")) {
                return basic();
            }
        }
        return Optional.empty();
    }

    private Optional<String> basic() {
        return credentials.isPresent() && credentials.get() instanceof Credentials.Password password
                ? Optional.of(basic(password))
                : Optional.empty();
    }

    private static String basic(Credentials.Password password) {
        var plain = password.user() + ":" + password.password();
        return "Basic "
                + Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private String token(Challenge challenge) throws RegistryFailure, InterruptedException {
        var realm = realm(challenge);
        // a login is for no repository in particular
        var usual = endpoint.path().isEmpty() ? "" : "repository:" + endpoint.path() + ":pull";
        var scope = challenge.get("scope").orElse(usual);
        var response =
                credentials.isPresent()
                                && credentials.get() instanceof Credentials.IdentityToken identity
                        ? post(realm, challenge, scope, identity)
                        : get(realm, challenge, scope);
        if (response.statusCode() != 200) {
            throw RegistryFailure.refused(
                    "no token from '%s' for '%s': %d %s"
                            .formatted(
                                    realm.getAuthority(),
                                    endpoint.host(),
                                    response.statusCode(),
                                    RegistryWords.read(response.body())),
                    response.statusCode(),
                    Duration.ZERO);
        }
        return read(realm, response.body());
    }

    private URI realm(Challenge challenge) throws RegistryFailure {
        var text = challenge.get("realm").orElse("");
        try {
            var realm = URI.create(text);
            var plain = "http".equals(realm.getScheme());
            if (realm.getHost() == null
                    || (!plain && !"https".equals(realm.getScheme()))
                    || (plain && !wire.insecure())) {
                throw new IllegalArgumentException("not allowed");
            }
            return realm;
        } catch (IllegalArgumentException e) {
            throw RegistryFailure.wrong(
                    "registry '" + endpoint.host() + "' sends us to '" + text + "' for a token");
        }
    }

    private HttpResponse<InputStream> get(URI realm, Challenge challenge, String scope)
            throws RegistryFailure, InterruptedException {
        var query = new StringBuilder(realm.getRawQuery() == null ? "?" : "&");
        challenge
                .get("service")
                .ifPresent(
                        service -> query.append("service=").append(encoded(service)).append('&'));
        if (!scope.isEmpty()) {
            query.append("scope=").append(encoded(scope));
        }
        return wire.send(
                Wire.Request.get(
                        URI.create(realm + query.toString()),
                        Map.of("Accept", "application/json"),
                        basic()));
    }

    private HttpResponse<InputStream> post(
            URI realm, Challenge challenge, String scope, Credentials.IdentityToken identity)
            throws RegistryFailure, InterruptedException {
        var form =
                "grant_type=refresh_token&client_id=kelpie&service="
                        + encoded(challenge.get("service").orElse(""))
                        + "&scope="
                        + encoded(scope)
                        + "&refresh_token="
                        + encoded(identity.token());
        return wire.send(
                HttpRequest.newBuilder(realm)
                        .timeout(Duration.ofSeconds(60))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build());
    }

    private String read(URI realm, InputStream body) throws RegistryFailure {
        try (body) {
            var json = ImageJson.object(body.readNBytes(LARGEST_TOKEN), "token");
            var token = json.path("token").asText(json.path("access_token").asText(""));
            if (!token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 127)) {
                return token;
            }
        } catch (IOException e) {
            throw RegistryFailure.interrupted("'" + realm.getAuthority() + "' broke off", e);
        } catch (BadImageException e) {
            // said below
        }
        throw RegistryFailure.wrong("'" + realm.getAuthority() + "' sent no token");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
