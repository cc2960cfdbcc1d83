package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.flag.ByteSize;
import dev.kelpie.app.flag.CapabilityFlag;
import dev.kelpie.app.flag.CpuAmount;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.UlimitFlag;
import dev.kelpie.app.flag.VolumeFlag;
import dev.kelpie.image.build.RunStep;
import dev.kelpie.image.build.SecretContent;
import dev.kelpie.image.build.StepMount;
import dev.kelpie.image.build.StepOptions;
import dev.kelpie.image.build.StepSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Flags of `build` about how its steps are done.
final class BuildStepFlags {

    @Option(names = "--no-cache", arity = "0..1", description = "Build every step anew")
    boolean noCache;

    @Option(names = "--jobs", description = "Stages built at once (default 4, 0: all)")
    int jobs = StepOptions.USUAL_JOBS;

    @Option(names = "--secret", description = "For RUN: id=NAME,src=FILE or id=NAME,env=VARIABLE")
    List<String> secrets = new ArrayList<>();

    @Option(names = "--ssh", description = "Agent for RUN: default, or ID=SOCKET")
    List<String> agents = new ArrayList<>();

    @Option(names = "--allow", description = "security.insecure: allow RUN --security=insecure")
    List<String> allowed = new ArrayList<>();

    @Option(
            names = {"--network", "--net"},
            description = "Network of RUN: default, host, none")
    String network = "default";

    @Option(names = "--add-host", description = "Line of /etc/hosts for RUN: name:address")
    List<String> hosts = new ArrayList<>();

    @Option(names = "--dns", description = "DNS server for RUN")
    List<String> dns = new ArrayList<>();

    @Option(names = "--dns-search", description = "DNS search domain for RUN")
    List<String> searches = new ArrayList<>();

    @Option(names = "--dns-option", description = "DNS option for RUN")
    List<String> dnsOptions = new ArrayList<>();

    @Option(
            names = {"-m", "--memory"},
            description = "Memory limit of RUN")
    String memory = "";

    @Option(names = "--cpus", description = "Processors for RUN, such as 1.5")
    String cpus = "";

    @Option(names = "--cpu-quota", description = "Microseconds per period for RUN")
    long cpuQuota;

    @Option(names = "--cpu-period", description = "Period in microseconds (default 100000)")
    long cpuPeriod = 100_000;

    @Option(
            names = {"-c", "--cpu-shares"},
            description = "Weight of RUN against others")
    long cpuShares;

    @Option(names = "--cpuset-cpus", description = "Processors that RUN may use: 0-3,5")
    String cpuset = "";

    @Option(
            names = {"-v", "--volume"},
            description = "Directory for RUN: SOURCE:TARGET[:ro]")
    List<String> volumes = new ArrayList<>();

    @Option(names = "--group-add", description = "Further group of the user of RUN")
    List<String> groups = new ArrayList<>();

    @Option(names = "--cap-add", split = ",", description = "Capability for RUN")
    List<String> capAdd = new ArrayList<>();

    @Option(names = "--cap-drop", split = ",", description = "Capability that RUN lacks")
    List<String> capDrop = new ArrayList<>();

    @Option(names = "--ulimit", description = "Limit of RUN: NAME=SOFT[:HARD]")
    List<String> ulimits = new ArrayList<>();

    @Option(names = "--isolation", description = "How RUN is kept apart: oci, the only one")
    String isolation = "";

    @Option(
            names = {
                "--cgroup-parent",
                "--device",
                "--from",
                "--security-opt",
                "--shm-size",
                "--userns",
                "--userns-gid-map",
                "--userns-uid-map"
            },
            hidden = true)
    List<String> unsupported = new ArrayList<>();

    StepOptions options(Call call) {
        requireOurs();
        for (var word : allowed) {
            if (!List.of("security.insecure", "network.host").contains(word)) {
                throw FlagException.meaning("unknown entitlement \"" + word + "\"");
            }
        }
        if (jobs < 0) {
            throw FlagException.meaning("--jobs must not be negative, was " + jobs);
        }
        return new StepOptions(
                !noCache,
                jobs == 0 ? Integer.MAX_VALUE : jobs,
                allowed.contains("security.insecure"),
                settings(call),
                secrets(call),
                agents(call));
    }

    private StepSettings settings(Call call) {
        return new StepSettings(
                network(),
                hostLines(),
                new StepSettings.Dns(dns, searches, dnsOptions),
                limits(),
                volumes.stream().map(word -> volume(word, call)).toList(),
                rights());
    }

    private StepSettings.Rights rights() {
        if (groups.contains("keep-groups")) {
            throw FlagException.meaning(
                    "--group-add keep-groups is not supported for a build: give the groups' names");
        }
        var limits =
                ulimits.stream()
                        .map(UlimitFlag::parse)
                        .map(limit ->
                                new StepSettings.Ulimit(limit.name(), limit.soft(), limit.hard()))
                        .toList();
        return new StepSettings.Rights(
                groups, CapabilityFlag.names(capAdd), CapabilityFlag.names(capDrop), limits);
    }

    private void requireOurs() {
        if (!List.of("", "default", "oci", "rootless").contains(isolation)) {
            throw FlagException.meaning(
                    "isolation \"" + isolation + "\" is not supported: use oci");
        }
        if (!unsupported.isEmpty()) {
            throw FlagException.meaning(
                    "--cgroup-parent, --device, --from, --security-opt, --shm-size and --userns are"
                            + " not supported for a build (\""
                            + unsupported.getFirst()
                            + "\")");
        }
    }

    private RunStep.Network network() {
        return switch (network) {
            case "default", "bridge", "private", "podman" -> RunStep.Network.DEFAULT;
            case "host" -> RunStep.Network.HOST;
            case "none" -> RunStep.Network.NONE;
            default ->
                    throw FlagException.meaning(
                            "network of a build is default, host or none, not \"" + network + "\"");
        };
    }

    private Map<String, String> hostLines() {
        var lines = new HashMap<String, String>();
        for (var word : hosts) {
            var cut = word.indexOf(word.indexOf('=') > 0 ? '=' : ':');
            if (cut <= 0 || cut == word.length() - 1) {
                throw FlagException.meaning("--add-host is not name:address: \"" + word + "\"");
            }
            lines.put(word.substring(0, cut), word.substring(cut + 1));
        }
        return lines;
    }

    private StepSettings.Limits limits() {
        var milli =
                cpus.isEmpty()
                        ? cpuQuota > 0
                                ? Optional.of(Math.max(1, cpuQuota * 1000 / cpuPeriod))
                                : Optional.<Long>empty()
                        : Optional.of(CpuAmount.parseMilli("--cpus", cpus));
        return new StepSettings.Limits(
                memory.isEmpty()
                        ? Optional.empty()
                        : Optional.of(ByteSize.parse("-m, --memory", memory)),
                milli,
                cpuShares > 0 ? Optional.of(cpuShares) : Optional.empty(),
                cpuset.isEmpty() ? Optional.empty() : Optional.of(cpuset));
    }

    private static StepMount volume(String word, Call call) {
        var volume = VolumeFlag.parse(word, call.session().workingDirectory());
        if (!volume.source().startsWith("/")) {
            throw FlagException.meaning(
                    "--volume of a build needs a directory of the host: \"" + word + "\"");
        }
        return new StepMount.Bind(
                Path.of(volume.source()), volume.target(), volume.options().contains("ro"));
    }

    private Map<String, SecretContent> secrets(Call call) {
        var all = new HashMap<String, SecretContent>();
        for (var word : secrets) {
            var fields = fields(word);
            var id = fields.getOrDefault("id", "");
            if (id.isEmpty()) {
                throw FlagException.meaning("--secret needs an id: \"" + word + "\"");
            }
            all.put(id, new SecretContent(content(id, fields, call)));
        }
        return all;
    }

    private static byte[] content(String id, Map<String, String> fields, Call call) {
        var file = fields.getOrDefault("src", fields.getOrDefault("source", ""));
        var own = call.session().environment();
        var variable = fields.getOrDefault("env", "");
        if (fields.getOrDefault("type", "").equals("env") && !file.isEmpty()) {
            variable = file;
            file = "";
        }
        if (!file.isEmpty()) {
            return call.read(file);
        }
        // with an id alone, as Docker has it: the variable of that name, else the file
        var name = variable.isEmpty() ? id : variable;
        if (own.containsKey(name)) {
            return own.getOrDefault(name, "").getBytes(StandardCharsets.UTF_8);
        }
        if (variable.isEmpty()) {
            return call.read(id);
        }
        throw new CommandException(
                "secret '" + id + "': environment variable '" + name + "' is not set");
    }

    private static Map<String, String> fields(String word) {
        var fields = new HashMap<String, String>();
        for (var field : word.split(",", -1)) {
            var equals = field.indexOf('=');
            if (equals <= 0
                    || !List.of("id", "src", "source", "env", "type")
                            .contains(field.substring(0, equals))) {
                throw FlagException.meaning("--secret does not know \"" + field + "\"");
            }
            fields.put(field.substring(0, equals), field.substring(equals + 1));
        }
        return fields;
    }

    private Map<String, Path> agents(Call call) {
        var all = new HashMap<String, Path>();
        for (var word : agents) {
            var equals = word.indexOf('=');
            var id = equals < 0 ? word : word.substring(0, equals);
            var socket =
                    equals < 0
                            ? call.session().environment().getOrDefault("SSH_AUTH_SOCK", "")
                            : word.substring(equals + 1);
            if (socket.isEmpty()) {
                throw new CommandException("--ssh " + id + ": SSH_AUTH_SOCK is not set");
            }
            all.put(id, socket(id, call.path(socket), call));
        }
        return all;
    }

    /// A key instead of an agent would have to be held by us; that is what agents are for.
    private static Path socket(String id, Path path, Call call) {
        var found = call.session().lookUp(path.toString());
        if (found.isEmpty()) {
            throw new CommandException("--ssh " + id + ": '" + path + "' does not exist");
        }
        if (found.get().kind() == dev.kelpie.app.session.ClientFile.Kind.FILE) {
            throw new CommandException(
                    "--ssh "
                            + id
                            + ": '"
                            + path
                            + "' is a key: only sockets of agents are supported (ssh-add it)");
        }
        return path;
    }
}
