package dev.kelpie.app.rest;

import dev.kelpie.app.service.Version;
import dev.kelpie.app.session.SessionServer;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.UUID;

/// The headers that every answer carries, with names as Go writes them: `Content-Type`,
/// `Api-Version`.
@Singleton
public class GoHeaders {
    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE + 2).handler(GoHeaders::add);
        router.route().order(Integer.MAX_VALUE).handler(GoHeaders::notFound);
    }

    private static void add(RoutingContext context) {
        if (!SessionServer.PATH.equals(context.request().path())) {
            var headers = context.response().headers();
            headers.set("Api-Version", Version.API);
            headers.set("Libpod-Api-Version", Version.LIBPOD_API);
            headers.set("Server", "Libpod/" + Version.LIBPOD_API + " (linux)");
            var reference = context.request().getHeader("X-Reference-Id");
            headers.set(
                    "X-Reference-Id", reference == null ? UUID.randomUUID().toString() : reference);
            context.addHeadersEndHandler(_ -> canonicalise(headers));
        }
        context.next();
    }

    private static void notFound(RoutingContext context) {
        context.response()
                .setStatusCode(404)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end("Not Found\n");
    }

    private static void canonicalise(MultiMap headers) {
        var entries = new ArrayList<>(headers.entries());
        headers.clear();
        entries.forEach(entry -> headers.add(canonical(entry.getKey()), entry.getValue()));
    }

    /// Go's `textproto.CanonicalMIMEHeaderKey`: a capital at the start and after each hyphen.
    static String canonical(String name) {
        var text = new StringBuilder(name.length());
        boolean start = true;
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            text.append(start ? Character.toUpperCase(letter) : Character.toLowerCase(letter));
            start = letter == '-';
        }
        return text.toString();
    }
}
