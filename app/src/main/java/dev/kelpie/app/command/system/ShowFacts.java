package dev.kelpie.app.command.system;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.format.HumanTime;
import dev.kelpie.app.format.JsonText;
import dev.kelpie.app.format.Template;
import dev.kelpie.app.format.YamlText;
import dev.kelpie.app.service.Version;
import dev.kelpie.engine.report.EngineFacts;
import dev.kelpie.runtime.Programs;
import dev.kelpie.runtime.kernel.UserNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `info`.
@Command(
        name = "info",
        description = "Display information on the host and the engine",
        customSynopsis = "[options]")
final class ShowFacts implements Verb {
    private final Call call;

    @Option(
            names = {"-f", "--format"},
            description = "Go template, or json")
    Optional<String> format = Optional.empty();

    @Option(
            names = {"-D", "--debug"},
            arity = "0..1",
            hidden = true)
    boolean debug;

    @Parameters List<String> operands = new ArrayList<>();

    ShowFacts(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        var facts = call.engine().facts();
        var json = JsonNodeFactory.instance.objectNode();
        json.set("host", host(facts, call.surroundings().socket()));
        json.set("store", store(facts));
        json.putObject("registries");
        json.set("version", ShowVersion.json(call.surroundings().version()));
        if (format.isEmpty()) {
            call.print(YamlText.of(json));
        } else if (format.get().equals("json")) {
            call.line(JsonText.pretty(json, 2));
        } else {
            call.line(Template.parse(format.get()).render(json));
        }
        return 0;
    }

    private static ObjectNode host(EngineFacts facts, Path socket) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("arch", Version.architecture());
        json.put("cgroupManager", "cgroupfs");
        json.put("cgroupVersion", facts.usedCgroupVersion());
        program(json.putObject("conmon"), "conmon");
        json.put("cpus", Runtime.getRuntime().availableProcessors());
        json.putObject("distribution")
                .put("distribution", release("ID"))
                .put("version", release("VERSION_ID"));
        json.put("eventLogger", "none");
        json.put("hostname", read("/proc/sys/kernel/hostname").strip());
        json.put("kernel", System.getProperty("os.version", ""));
        json.put("logDriver", "k8s-file");
        json.put("memFree", memory("MemFree"));
        json.put("memTotal", memory("MemTotal"));
        json.put("networkBackend", facts.networkBackend());
        var runtime = json.putObject("ociRuntime");
        runtime.put("name", facts.runtimeProgram());
        program(runtime, facts.runtimeProgram());
        runtime.put("version", facts.ociRuntime());
        json.put("os", "linux");
        json.putObject("remoteSocket")
                .put("exists", Files.exists(socket))
                .put("path", socket.toString());
        json.putObject("security")
                .put("rootless", !UserNamespace.isInitial())
                .put("seccompEnabled", true);
        json.put("swapFree", memory("SwapFree"));
        json.put("swapTotal", memory("SwapTotal"));
        json.put("uptime", uptime());
        return json;
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
        json.put("graphRoot", facts.root().toString());
        json.putObject("imageStore").put("number", facts.images());
        json.put("pods", facts.pods());
        json.put("runRoot", facts.runRoot().toString());
        return json;
    }

    private static String release(String key) {
        return read("/etc/os-release")
                .lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1).replace("\"", ""))
                .findFirst()
                .orElse("unknown");
    }

    /// Bytes.
    private static long memory(String key) {
        return read("/proc/meminfo")
                .lines()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> line.replaceAll("\\D", ""))
                .filter(digits -> !digits.isEmpty() && digits.length() < 16)
                .mapToLong(digits -> Long.parseLong(digits) * 1024)
                .findFirst()
                .orElse(0);
    }

    private static String uptime() {
        var seconds = read("/proc/uptime").replaceFirst("[. ].*", "").strip();
        return seconds.matches("\\d{1,12}")
                ? HumanTime.span(Duration.ofSeconds(Long.parseLong(seconds)))
                : "";
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException _) {
            return "";
        }
    }
}
