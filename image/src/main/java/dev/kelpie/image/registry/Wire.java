package dev.kelpie.image.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/// One HTTP request and its answer, redirects followed by hand: credentials go to nobody but the
/// host they are for, and never from TLS to plain HTTP.
final class Wire implements AutoCloseable {

    private static final int MOST_REDIRECTS = 5;
    private static final Duration UNTIL_HEADERS = Duration.ofSeconds(60);
    private static final Duration UNTIL_CONNECTED = Duration.ofSeconds(15);

    private final HttpClient client;
    private final boolean insecure;

    Wire(SSLContext trust, boolean insecure) {
        this.insecure = insecure;
        // HTTP/1.1: each layer its own connection, instead of all sharing one window
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(UNTIL_CONNECTED)
                        .sslContext(trust)
                        .build();
    }

    /// A GET; the caller closes the body.
    ///
    /// @param from the first byte wanted
    record Get(URI uri, String accept, Optional<String> authorization, OptionalLong from) {}

    HttpResponse<InputStream> get(Get get) throws RegistryFailure, InterruptedException {
        var uri = get.uri();
        for (var redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            var request = HttpRequest.newBuilder(uri).timeout(UNTIL_HEADERS);
            if (!get.accept().isEmpty()) {
                request.header("Accept", get.accept());
            }
            if (uri.getHost().equals(get.uri().getHost()) && uri.getPort() == get.uri().getPort()) {
                get.authorization().ifPresent(value -> request.header("Authorization", value));
            }
            get.from().ifPresent(first -> request.header("Range", "bytes=" + first + "-"));
            var response = send(request.build());
            if (!isRedirect(response.statusCode())) {
                return response;
            }
            closeQuietly(response.body());
            uri = redirected(uri, response);
        }
        throw RegistryFailure.wrong(
                "registry '" + get.uri().getAuthority() + "' redirects in a circle");
    }

    HttpResponse<InputStream> send(HttpRequest request)
            throws RegistryFailure, InterruptedException {
        var host = request.uri().getAuthority();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpConnectTimeoutException e) {
            throw RegistryFailure.unreachable(
                    "registry '"
                            + host
                            + "' does not answer within "
                            + UNTIL_CONNECTED.toSeconds()
                            + " s",
                    e);
        } catch (ConnectException e) {
            throw RegistryFailure.unreachable(unreachable(host, e), e);
        } catch (SSLException e) {
            throw RegistryFailure.unreachable(
                    "registry '"
                            + host
                            + "' cannot be trusted: "
                            + e.getMessage()
                            + " (for plain HTTP or a private certificate: --tls-verify=false, or"
                            + " insecure in registries.conf)",
                    e);
        } catch (IOException e) {
            var reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw RegistryFailure.interrupted("registry '" + host + "' broke off: " + reason, e);
        }
    }

    private static String unreachable(String host, ConnectException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException
                    || cause instanceof UnknownHostException) {
                return "registry '" + host + "' has no address";
            }
        }
        var reason = e.getMessage() == null ? "connection refused" : e.getMessage();
        return "registry '" + host + "' cannot be reached: " + reason;
    }

    private URI redirected(URI from, HttpResponse<InputStream> response) throws RegistryFailure {
        var location = response.headers().firstValue("Location").orElse("");
        try {
            var to = from.resolve(URI.create(location));
            var plain = "http".equals(to.getScheme());
            if (to.getHost() == null
                    || (!plain && !"https".equals(to.getScheme()))
                    || (plain && "https".equals(from.getScheme()) && !insecure)) {
                throw new IllegalArgumentException("not allowed");
            }
            return to;
        } catch (IllegalArgumentException e) {
            throw RegistryFailure.wrong(
                    "registry '" + from.getAuthority() + "' redirects to '" + location + "'");
        }
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // nothing more was wanted from it
        }
    }

    boolean insecure() {
        return insecure;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
