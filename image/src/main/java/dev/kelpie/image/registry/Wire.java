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
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/// One HTTP request and its answer, redirects followed by hand: credentials go to nobody but the
/// host they are for, and never from TLS to plain HTTP.
final class Wire implements AutoCloseable {

    private static final int MOST_REDIRECTS = 5;
    static final Duration UNTIL_HEADERS = Duration.ofSeconds(60);
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

    /// One request.
    ///
    /// @param headers without `Authorization`
    /// @param authorization goes to the host and port of `uri` only
    /// @param body what a request that carries something sends
    /// @param untilAnswer how long to wait for the answer's headers, sending the body included
    record Request(
            String method,
            URI uri,
            Map<String, String> headers,
            Optional<String> authorization,
            Optional<HttpRequest.BodyPublisher> body,
            Duration untilAnswer) {

        static Request get(URI uri, Map<String, String> headers, Optional<String> authorization) {
            return new Request("GET", uri, headers, authorization, Optional.empty(), UNTIL_HEADERS);
        }

        private boolean mayFollow(int status) {
            return switch (status) {
                case 307, 308 -> true;
                case 301, 302, 303 -> body.isEmpty() && !method.equals("DELETE");
                default -> false;
            };
        }
    }

    /// Sends a request and follows redirects; the caller closes the body.
    HttpResponse<InputStream> send(Request wanted) throws RegistryFailure, InterruptedException {
        var uri = wanted.uri();
        for (var redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            var request =
                    HttpRequest.newBuilder(uri)
                            .timeout(wanted.untilAnswer())
                            .method(
                                    wanted.method(),
                                    wanted.body().orElseGet(HttpRequest.BodyPublishers::noBody));
            wanted.headers().forEach(request::header);
            if (uri.getHost().equals(wanted.uri().getHost())
                    && uri.getPort() == wanted.uri().getPort()) {
                wanted.authorization().ifPresent(value -> request.header("Authorization", value));
            }
            var response = send(request.build());
            if (!wanted.mayFollow(response.statusCode())) {
                return response;
            }
            closeQuietly(response.body());
            uri = redirected(uri, response.headers().firstValue("Location").orElse(""));
        }
        throw RegistryFailure.wrong(
                "registry '" + wanted.uri().getAuthority() + "' redirects in a circle");
    }

    HttpResponse<InputStream> send(HttpRequest request)
            throws RegistryFailure, InterruptedException {
        var host = request.uri().getAuthority();
        try {
            return client.send(request, _ -> body());
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
                            + distrust(e)
                            + " (for plain HTTP or a private certificate: --tls-verify=false, or"
                            + " insecure in registries.conf)",
                    e);
        } catch (IOException e) {
            var reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw RegistryFailure.interrupted("registry '" + host + "' broke off: " + reason, e);
        }
    }

    private static String distrust(SSLException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return "no authority that this host knows vouches for its certificate";
            }
        }
        return String.valueOf(e.getMessage());
    }

    private static HttpResponse.BodySubscriber<InputStream> body() {
        return HttpResponse.BodySubscribers.mapping(
                HttpResponse.BodySubscribers.ofInputStream(), SteadyBody::new);
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

    /// Where a `Location` leads, if it may lead there.
    URI redirected(URI from, String location) throws RegistryFailure {
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
