package dev.kelpie.app.command.convert;

import dev.kelpie.app.convert.Line;
import dev.kelpie.app.flag.GoFlags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.Model.CommandSpec;

/// Writes lines of `run` as a compose file: a service for each.
final class ComposeText {
    /// Keys that hold one text.
    private static final Map<String, String> TEXTS =
            Map.ofEntries(
                    Map.entry("--name", "container_name"),
                    Map.entry("--user", "user"),
                    Map.entry("--workdir", "working_dir"),
                    Map.entry("--hostname", "hostname"),
                    Map.entry("--restart", "restart"),
                    Map.entry("--stop-signal", "stop_signal"),
                    Map.entry("--memory", "mem_limit"),
                    Map.entry("--memory-reservation", "mem_reservation"),
                    Map.entry("--memory-swap", "memswap_limit"),
                    Map.entry("--cpus", "cpus"),
                    Map.entry("--cpu-shares", "cpu_shares"),
                    Map.entry("--cpu-quota", "cpu_quota"),
                    Map.entry("--cpu-period", "cpu_period"),
                    Map.entry("--cpuset-cpus", "cpuset"),
                    Map.entry("--pids-limit", "pids_limit"),
                    Map.entry("--oom-score-adj", "oom_score_adj"),
                    Map.entry("--shm-size", "shm_size"),
                    Map.entry("--ipc", "ipc"),
                    Map.entry("--pid", "pid"),
                    Map.entry("--userns", "userns_mode"),
                    Map.entry("--pull", "pull_policy"));

    /// Keys that hold a list.
    private static final Map<String, String> LISTS =
            Map.ofEntries(
                    Map.entry("--publish", "ports"),
                    Map.entry("--expose", "expose"),
                    Map.entry("--env", "environment"),
                    Map.entry("--env-file", "env_file"),
                    Map.entry("--label", "labels"),
                    Map.entry("--annotation", "annotations"),
                    Map.entry("--tmpfs", "tmpfs"),
                    Map.entry("--dns", "dns"),
                    Map.entry("--dns-search", "dns_search"),
                    Map.entry("--dns-option", "dns_opt"),
                    Map.entry("--add-host", "extra_hosts"),
                    Map.entry("--cap-add", "cap_add"),
                    Map.entry("--cap-drop", "cap_drop"),
                    Map.entry("--group-add", "group_add"),
                    Map.entry("--security-opt", "security_opt"),
                    Map.entry("--sysctl", "sysctls"),
                    Map.entry("--device", "devices"));

    private static final Map<String, String> SWITCHES =
            Map.of(
                    "--privileged", "privileged",
                    "--read-only", "read_only",
                    "--tty", "tty",
                    "--interactive", "stdin_open",
                    "--init", "init");

    private static final Map<String, String> HEALTH =
            Map.of(
                    "--health-interval", "interval",
                    "--health-timeout", "timeout",
                    "--health-retries", "retries",
                    "--health-start-period", "start_period");

    private static final Set<String> NOTHING =
            Set.of("--detach", "--rm", "--http-proxy", "--read-only-tmpfs");

    private final CommandSpec flags;
    private final Consumer<String> losses;
    private final Map<String, Object> services = new LinkedHashMap<>();
    private final Set<String> volumes = new TreeSet<>();
    private final Set<String> networks = new TreeSet<>();
    private final Set<String> secrets = new TreeSet<>();

    ComposeText(CommandSpec flags, Consumer<String> losses) {
        this.flags = flags;
        this.losses = losses;
    }

    String write(List<Line> lines) {
        for (var line : lines) {
            if (line.infra()) {
                lost(line, "the connections of its pod: they are each service's own");
            } else {
                services.put(line.name(), service(line));
            }
        }
        var top = new LinkedHashMap<String, Object>();
        top.put("services", services);
        empty(top, "volumes", volumes, Map.of());
        empty(top, "networks", networks, Map.of());
        empty(top, "secrets", secrets, Map.of("external", true));
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setSplitLines(false);
        options.setWidth(Integer.MAX_VALUE);
        return new Yaml(options).dump(top);
    }

    private static void empty(
            Map<String, Object> top, String key, Set<String> names, Map<String, Object> content) {
        var all = new LinkedHashMap<String, Object>();
        names.forEach(name -> all.put(name, new LinkedHashMap<>(content)));
        if (!all.isEmpty()) {
            top.put(key, all);
        }
    }

    private void lost(Line line, String what) {
        losses.accept("container '" + line.name() + "': " + what);
    }

    private Map<String, Object> service(Line line) {
        var words = GoFlags.parse(flags, line.words(), flag -> lost(line, flag)).forPicocli();
        int end = words.indexOf("--");
        var service = new LinkedHashMap<String, Object>();
        service.put("image", words.get(end + 1));
        var command = words.subList(end + 2, words.size());
        if (!command.isEmpty()) {
            service.put("command", command.stream().map(ComposeText::dollars).toList());
        }
        for (var word : words.subList(0, end)) {
            int equals = word.indexOf('=');
            flag(line, service, word.substring(0, equals), dollars(word.substring(equals + 1)));
        }
        line.pod().ifPresent(pod -> lost(line, "that it is in pod '" + pod + "'"));
        line.files().forEach(file -> lost(line, "its file " + file.target()));
        return service;
    }

    private static String dollars(String text) {
        return text.replace("$", "$$");
    }

    private void flag(Line line, Map<String, Object> service, String flag, String value) {
        if (TEXTS.containsKey(flag)) {
            boolean own = flag.equals("--name") && value.equals(line.name());
            if (!own) {
                service.put(TEXTS.get(flag), value);
            }
        } else if (LISTS.containsKey(flag)) {
            add(service, LISTS.get(flag), value);
        } else if (SWITCHES.containsKey(flag)) {
            if (value.equals("true")) {
                service.put(SWITCHES.get(flag), true);
            }
        } else if (HEALTH.containsKey(flag)) {
            health(service).put(HEALTH.get(flag), value);
        } else if (!NOTHING.contains(flag)) {
            other(line, service, flag, value);
        }
    }

    private void other(Line line, Map<String, Object> service, String flag, String value) {
        switch (flag) {
            case "--volume" -> {
                add(service, "volumes", value);
                int colon = value.indexOf(':');
                if (colon > 0 && Character.isLetterOrDigit(value.charAt(0))) {
                    volumes.add(value.substring(0, colon));
                }
            }
            case "--network" -> network(service, value);
            case "--entrypoint" -> service.put("entrypoint", list(value));
            case "--health-cmd" -> {
                var test = list(value);
                var shell = value.startsWith("[") ? test : List.of("CMD-SHELL", value);
                health(service).put("test", shell);
            }
            case "--no-healthcheck" -> health(service).put("disable", true);
            case "--stop-timeout" -> service.put("stop_grace_period", value + "s");
            case "--ulimit" -> {
                var parts = value.split("[=:]", -1);
                var both = new LinkedHashMap<String, Object>();
                both.put("soft", Long.parseLong(parts[1]));
                both.put("hard", Long.parseLong(parts[parts.length - 1]));
                map(service, "ulimits").put(parts[0], both);
            }
            case "--secret" -> {
                add(service, "secrets", value.split(",", -1)[0]);
                secrets.add(value.split(",", -1)[0]);
            }
            default -> lost(line, flag + "=" + value);
        }
    }

    private void network(Map<String, Object> service, String value) {
        int colon = value.indexOf(':');
        if (Set.of("host", "none").contains(value) || value.startsWith("container:")) {
            service.put("network_mode", value);
            return;
        }
        var name = colon < 0 ? value : value.substring(0, colon);
        networks.add(name);
        var own = map(map(service, "networks"), name);
        for (var option : colon < 0 ? new String[0] : value.substring(colon + 1).split(",", -1)) {
            if (option.startsWith("alias=")) {
                add(own, "aliases", option.substring("alias=".length()));
            } else if (option.startsWith("ip=")) {
                own.put("ipv4_address", option.substring("ip=".length()));
            }
        }
    }

    private static List<String> list(String value) {
        return dev.kelpie.app.convert.RunWords.list(value);
    }

    private static Map<String, Object> health(Map<String, Object> service) {
        return map(service, "healthcheck");
    }

    @SuppressWarnings("unchecked") // we put nothing else there
    private static Map<String, Object> map(Map<String, Object> of, String key) {
        return (Map<String, Object>)
                of.computeIfAbsent(key, _ -> new LinkedHashMap<String, Object>());
    }

    @SuppressWarnings("unchecked") // we put nothing else there
    private static void add(Map<String, Object> of, String key, String value) {
        ((List<String>) of.computeIfAbsent(key, _ -> new ArrayList<String>())).add(value);
    }
}
