package dev.kelpie.app.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Turns what went wrong into an answer: libpod's error body, or plain text where no resource was
/// found.
public final class Failures {
    private static final Logger LOG = System.getLogger(Failures.class.getName());
    private static final int INTERNAL = 500;
    private static final int MAX_CAUSES = 100;

    @ServerExceptionMapper
    Response of(WebApplicationException failure) {
        var response = failure.getResponse();
        var reason = response.getStatusInfo().getReasonPhrase();
        return Response.fromResponse(response)
                .type(MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8"))
                .entity(reason + "\n")
                .build();
    }

    @ServerExceptionMapper
    Response of(RuntimeException failure) {
        LOG.log(Level.WARNING, "request failed", failure);
        var causes = Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause);
        var cause = causes.limit(MAX_CAUSES).reduce(failure, (_, later) -> later);
        var body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("cause", String.valueOf(cause.getMessage()))
                        .put("message", String.valueOf(failure.getMessage()))
                        .put("response", INTERNAL);
        return Response.status(INTERNAL).type(MediaType.APPLICATION_JSON_TYPE).entity(body).build();
    }
}
