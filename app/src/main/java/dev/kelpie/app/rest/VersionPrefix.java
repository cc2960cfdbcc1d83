package dev.kelpie.app.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;
import java.util.regex.Pattern;

/// Takes the version off the front of the path, so that resources are written once. libpod's paths
/// exist with a version only, but for its ping.
@Provider
@PreMatching
public final class VersionPrefix implements ContainerRequestFilter {
    /// The request property that holds the version, without its `v`.
    static final String PROPERTY = "kelpie.version";

    private static final Pattern PREFIX = Pattern.compile("/v([0-9][0-9A-Za-z.-]*)(/.*)");

    @Override
    public void filter(ContainerRequestContext request) {
        var uri = request.getUriInfo().getRequestUri();
        var path = uri.getRawPath();
        var match = PREFIX.matcher(path);
        if (match.matches()) {
            request.setProperty(PROPERTY, match.group(1));
            var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            request.setRequestUri(
                    request.getUriInfo().getBaseUri().resolve(URI.create(match.group(2) + query)));
        } else if (path.startsWith("/libpod/") && !path.equals("/libpod/_ping")) {
            request.abortWith(
                    Response.status(404)
                            .type(MediaType.TEXT_PLAIN_TYPE)
                            .entity("Not Found\n")
                            .build());
        }
    }
}
