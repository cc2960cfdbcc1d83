package dev.kelpie.app.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.service.EngineDoor;
import dev.kelpie.app.service.HostReading;
import dev.kelpie.app.service.Version;
import dev.kelpie.engine.report.EngineFacts;
import dev.kelpie.runtime.kernel.UserNamespace;
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

    public InfoResource(EngineDoor engine, Version version) {
        this.engine = engine;
        this.version = version;
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
        json.put("OSType", "linux").put("OperatingSystem", host.distribution());
        json.put("OSVersion", host.distributionVersion());
        json.put("Architecture", Version.architecture());
        json.put("KernelVersion", host.kernel());
        json.put("NCPU", host.processors()).put("MemTotal", host.memoryTotal());
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
        var facts = engine.engine().facts();
        var json = JsonNodeFactory.instance.objectNode();
        host(json.putObject("host"), facts);
        store(json.putObject("store"), facts);
        json.putObject("registries");
        json.putObject("version")
                .put("APIVersion", Version.LIBPOD_API)
                .put("Version", version.version())
                .put("GoVersion", "java" + Runtime.version().feature())
                .put("GitCommit", version.commit())
                .put("BuiltTime", version.built().toString())
                .put("Built", version.built().getEpochSecond())
                .put("OsArch", Version.platform())
                .put("Os", "linux");
        return json;
    }

    private static void counts(ObjectNode json, EngineFacts facts) {
        var counts = facts.containers();
        json.put("Containers", counts.total());
        json.put("ContainersRunning", counts.running());
        json.put("ContainersPaused", counts.paused());
        json.put("ContainersStopped", counts.stopped());
        json.put("Images", facts.images());
    }

    private static void host(ObjectNode json, EngineFacts facts) {
        var host = HostReading.now();
        json.put("arch", Version.architecture()).put("os", "linux");
        json.put("cgroupManager", "cgroupfs").put("cgroupVersion", facts.usedCgroupVersion());
        json.put("cpus", host.processors());
        json.putObject("distribution")
                .put("distribution", host.distribution())
                .put("version", host.distributionVersion());
        json.put("eventLogger", "none").put("logDriver", "k8s-file");
        json.put("hostname", host.hostname()).put("kernel", host.kernel());
        json.put("memTotal", host.memoryTotal()).put("memFree", host.memoryFree());
        json.put("networkBackend", facts.networkBackend());
        json.putObject("ociRuntime")
                .put("name", facts.runtimeProgram())
                .put("version", facts.ociRuntime());
        json.putObject("security")
                .put("rootless", !UserNamespace.isInitial())
                .put("seccompEnabled", true);
    }

    private static void store(ObjectNode json, EngineFacts facts) {
        var counts = facts.containers();
        json.putObject("containerStore")
                .put("number", counts.total())
                .put("paused", counts.paused())
                .put("running", counts.running())
                .put("stopped", counts.stopped());
        json.put("graphDriverName", "overlay");
        json.put("graphRoot", facts.root().toString()).put("runRoot", facts.runRoot().toString());
        json.putObject("imageStore").put("number", facts.images());
    }
}
