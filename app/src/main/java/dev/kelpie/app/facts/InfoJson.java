package dev.kelpie.app.facts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.format.HumanTime;
import dev.kelpie.app.service.Version;
import dev.kelpie.engine.report.EngineFacts;
import dev.kelpie.runtime.Programs;
import dev.kelpie.runtime.kernel.UserNamespace;
import dev.kelpie.runtime.oci.SecurityModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// `info` in libpod's words: host, store, registries, plugins and version.
public final class InfoJson {
    /// As the field writes the time of a build: `Thu Nov 26 12:00:00 2026`.
    public static final DateTimeFormatter BUILT =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ENGLISH);

    private InfoJson() {}

    /// All of it.
    ///
    /// @param socket that the service listens on
    public static ObjectNode of(EngineFacts facts, Version version, Path socket) {
        var json = JsonNodeFactory.instance.objectNode();
        json.set("host", host(facts, socket));
        json.set("store", store(facts));
        json.putObject("registries");
        json.set("plugins", plugins());
        json.set("version", version(version));
        return json;
    }

    /// What `info` and `version --format json` tell of the version.
    public static ObjectNode version(Version version) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("APIVersion", Version.LIBPOD_API)
                .put("Version", version.version())
                .put("GoVersion", "java" + Runtime.version().feature())
                .put("JavaVersion", System.getProperty("java.version"))
                .put("GitCommit", version.commit())
                .put("BuiltTime", BUILT.format(version.built().atOffset(ZoneOffset.UTC)))
                .put("Built", version.built().getEpochSecond())
                .put("BuildOrigin", "")
                .put("OsArch", Version.platform())
                .put("Os", "linux");
    }

    private static ObjectNode host(EngineFacts facts, Path socket) {
        var host = HostReading.now();
        var json = JsonNodeFactory.instance.objectNode();
        json.put("arch", Version.architecture());
        json.put("cgroupManager", "cgroupfs");
        json.put("cgroupVersion", facts.usedCgroupVersion());
        program(json.putObject("conmon"), "conmon");
        json.put("cpus", host.processors());
        json.putObject("distribution")
                .put("codename", host.distribution().codename())
                .put("distribution", host.distribution().name())
                .put("version", host.distribution().version());
        json.put("eventLogger", "file");
        json.put("hostname", host.hostname());
        json.put("kernel", host.kernel());
        json.put("linkmode", "dynamic");
        json.put("logDriver", "k8s-file");
        json.put("memFree", host.memory().free()).put("memTotal", host.memory().total());
        network(json, facts);
        var runtime = json.putObject("ociRuntime").put("name", facts.runtimeProgram());
        program(runtime, facts.runtimeProgram());
        runtime.put("version", facts.ociRuntime());
        json.put("os", "linux");
        json.putObject("remoteSocket")
                .put("exists", Files.exists(socket))
                .put("path", socket.toString());
        json.put("serviceIsRemote", false);
        security(json.putObject("security"));
        json.put("swapFree", host.memory().swapFree());
        json.put("swapTotal", host.memory().swapTotal());
        json.put("uptime", HumanTime.span(host.uptime()));
        json.put("variant", "");
        return json;
    }

    private static void network(ObjectNode json, EngineFacts facts) {
        json.put("networkBackend", facts.networkBackend());
        json.putObject("networkBackendInfo").put("backend", facts.networkBackend());
        json.put("rootlessNetworkCmd", "pasta");
        for (var name : List.of("pasta", "slirp4netns")) {
            var path = Programs.find(name).map(Path::toString).orElse("");
            json.putObject(name).put("executable", path);
        }
    }

    private static void security(ObjectNode json) {
        var modules = SecurityModules.ofThisHost();
        json.put("apparmorEnabled", modules.appArmor());
        json.put("rootless", !UserNamespace.isInitial());
        json.put("seccompEnabled", true);
        json.put("selinuxEnabled", modules.selinux());
    }

    private static void program(ObjectNode into, String name) {
        into.put("path", Programs.find(name).map(Path::toString).orElse(""));
    }

    private static ObjectNode store(EngineFacts facts) {
        var counts = facts.containers();
        var json = JsonNodeFactory.instance.objectNode();
        json.putObject("containerStore")
                .put("number", counts.total())
                .put("paused", counts.paused())
                .put("running", counts.running())
                .put("stopped", counts.stopped());
        json.put("graphDriverName", "overlay");
        json.putObject("graphOptions");
        json.put("graphRoot", facts.root().toString());
        disk(json, facts.root());
        json.putObject("imageStore").put("number", facts.images());
        json.put("pods", facts.pods());
        json.put("runRoot", facts.runRoot().toString());
        json.put("transientStore", false);
        json.put("volumePath", facts.root().resolve("volumes").toString());
        return json;
    }

    private static void disk(ObjectNode json, Path root) {
        try {
            var store = Files.getFileStore(root);
            var free = store.getUnallocatedSpace();
            json.put("graphRootAllocated", store.getTotalSpace());
            json.put("graphRootUsed", store.getTotalSpace() - free);
            json.putObject("graphStatus").put("Backing Filesystem", store.type());
        } catch (IOException _) {
            json.putObject("graphStatus");
        }
    }

    private static ObjectNode plugins() {
        var json = JsonNodeFactory.instance.objectNode();
        json.putNull("authorization");
        var logs = json.putArray("log");
        List.of("k8s-file", "none", "journald").forEach(logs::add);
        json.putArray("network").add("bridge");
        json.putArray("volume").add("local");
        return json;
    }
}
