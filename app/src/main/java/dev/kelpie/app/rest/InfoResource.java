package dev.kelpie.app.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.facts.HostReading;
import dev.kelpie.app.facts.InfoJson;
import dev.kelpie.app.service.EngineDoor;
import dev.kelpie.app.service.ServiceOptions;
import dev.kelpie.app.service.Version;
import dev.kelpie.engine.report.EngineFacts;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;

/// `/info`: in Docker's words, and in libpod's.
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public final class InfoResource {
    private final EngineDoor engine;
    private final Version version;
    private final ServiceOptions options;

    public InfoResource(EngineDoor engine, Version version, ServiceOptions options) {
        this.engine = engine;
        this.version = version;
        this.options = options;
    }

    @GET
    @Path("info")
    public ObjectNode info() throws InterruptedException {
        var facts = engine.engine().facts();
        var host = HostReading.now();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("ID", host.hostname());
        json.put("Name", host.hostname());
        counts(json, facts);
        json.put("Driver", "overlay");
        json.putArray("DriverStatus");
        json.put("DockerRootDir", facts.root().toString());
        json.put("CgroupDriver", "cgroupfs");
        json.put("CgroupVersion", facts.cgroupVersion().equals("v2") ? "2" : "1");
        json.put("DefaultRuntime", facts.ociRuntime());
        json.putObject("Runtimes").putObject(facts.ociRuntime()).put("path", facts.ociRuntime());
        json.put("LoggingDriver", "k8s-file");
        json.put("OSType", "linux").put("OperatingSystem", host.distribution().name());
        json.put("OSVersion", host.distribution().version());
        json.put("Architecture", Version.architecture());
        json.put("KernelVersion", host.kernel());
        json.put("NCPU", host.processors()).put("MemTotal", host.memory().total());
        json.put("ServerVersion", version.version());
        json.put("SystemTime", Instant.now().toString());
        json.put("ExperimentalBuild", true).put("LiveRestoreEnabled", false).put("Debug", false);
        json.put("IndexServerAddress", "").put("InitBinary", "");
        json.putArray("SecurityOptions").add("name=seccomp,profile=default");
        json.putArray("Warnings");
        json.putObject("Swarm").put("LocalNodeState", "inactive").put("NodeID", "");
        return json;
    }

    @GET
    @Path("libpod/info")
    public ObjectNode libpodInfo() throws InterruptedException {
        return InfoJson.of(engine.engine().facts(), version, options.socket());
    }

    private static void counts(ObjectNode json, EngineFacts facts) {
        var counts = facts.containers();
        json.put("Containers", counts.total());
        json.put("ContainersRunning", counts.running());
        json.put("ContainersPaused", counts.paused());
        json.put("ContainersStopped", counts.stopped());
        json.put("Images", facts.images());
    }
}
