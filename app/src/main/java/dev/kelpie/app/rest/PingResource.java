package dev.kelpie.app.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/// `GET` and `HEAD` of `/_ping`: how clients learn what they talk to.
@Path("/")
public final class PingResource {
    @GET
    @Path("_ping")
    public Response ping() {
        return answer().entity("OK").build();
    }

    @HEAD
    @Path("_ping")
    public Response head() {
        return answer().build();
    }

    @GET
    @Path("libpod/_ping")
    public Response libpodPing() {
        return ping();
    }

    @HEAD
    @Path("libpod/_ping")
    public Response libpodHead() {
        return head();
    }

    private static Response.ResponseBuilder answer() {
        return Response.ok()
                .type(MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8"))
                .header("Buildkit-Version", "")
                .header("Builder-Version", "1")
                .header("Docker-Experimental", "true")
                .header("Libpod-Buildah-Version", "0.0.0")
                .header("Ostype", "linux")
                .header("Cache-Control", "no-cache")
                .header("Pragma", "no-cache");
    }
}
