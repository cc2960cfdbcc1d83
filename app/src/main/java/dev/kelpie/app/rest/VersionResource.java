package dev.kelpie.app.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.service.Version;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// `/version`, the same for Docker's and libpod's clients. The component named `Podman Engine` is
/// what libpod's clients look for; its version is that of the API we follow.
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class VersionResource {
    private final Version version;

    public VersionResource(Version version) {
        this.version = version;
    }

    @GET
    @Path("version")
    public ObjectNode version() {
        var json = JsonNodeFactory.instance.objectNode();
        json.putObject("Platform").put("Name", Version.platform());
        component(json.putArray("Components").addObject());
        json.put("Version", version.version());
        json.put("ApiVersion", Version.API);
        json.put("MinAPIVersion", Version.MIN_API);
        return common(json);
    }

    @GET
    @Path("libpod/version")
    public ObjectNode libpodVersion() {
        return version();
    }

    private void component(ObjectNode json) {
        json.put("Name", "Podman Engine");
        json.put("Version", Version.LIBPOD_API);
        var details = json.putObject("Details");
        details.put("APIVersion", Version.LIBPOD_API);
        details.put("MinAPIVersion", Version.MIN_LIBPOD_API);
        details.put("Experimental", "false");
        common(details);
    }

    private ObjectNode common(ObjectNode json) {
        return json.put("GitCommit", version.commit())
                .put("GoVersion", "java" + Runtime.version().feature())
                .put("Os", "linux")
                .put("Arch", Version.architecture())
                .put("KernelVersion", System.getProperty("os.version", ""))
                .put("BuildTime", version.built().toString());
    }
}
