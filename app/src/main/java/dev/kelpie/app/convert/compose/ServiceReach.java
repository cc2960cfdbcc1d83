package dev.kelpie.app.convert.compose;

import dev.kelpie.app.convert.RunWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Writes what a service has of the host: ports, networks, volumes, limits, privileges.
final class ServiceReach {
    private final Keys service;
    private final RunWords words;
    private final Consumer<String> lost;
    private final Map<String, String> services;
    private final List<String> joined = new ArrayList<>();

    /// @param services by the names of their containers, where these differ
    ServiceReach(
            Keys service, RunWords words, Consumer<String> lost, Map<String, String> services) {
        this.service = service;
        this.words = words;
        this.lost = lost;
        this.services = services;
    }

    void write(Place place, Map<String, String> volumes, Map<String, String> networks) {
        ports();
        networks(networks);
        for (var volume : service.list("volumes")) {
            volume(volume, place, volumes);
        }
        for (var memory : service.list("tmpfs")) {
            words.add("--tmpfs", memory.toString());
        }
        names();
        limits();
        privileges();
    }

    private void ports() {
        for (var port : service.list("ports")) {
            if (port instanceof String text) {
                words.add(
                        "--publish",
                        text.endsWith("/tcp") ? text.substring(0, text.length() - 4) : text);
                continue;
            }
            var keys = new Keys(port);
            var address = keys.text("host_ip");
            var published = keys.text("published");
            var protocol = keys.text("protocol");
            words.add(
                    "--publish",
                    (address.isEmpty() ? "" : address + ":")
                            + (published.isEmpty() && address.isEmpty() ? "" : published + ":")
                            + keys.text("target")
                            + (protocol.isEmpty() || protocol.equals("tcp") ? "" : "/" + protocol));
        }
        service.texts("expose").forEach(port -> words.add("--expose", port));
    }

    private void networks(Map<String, String> known) {
        var mode = shared("network_mode");
        words.add("--network", mode.equals("bridge") ? "" : mode);
        var own = service.any("networks");
        var names =
                own instanceof Map<?, ?> map
                        ? map.keySet().stream().map(Object::toString).toList()
                        : service.texts("networks");
        for (var name : names) {
            if (name.equals("default")) {
                continue;
            }
            var keys = service.keys("networks").keys(name);
            var options = new ArrayList<String>();
            keys.texts("aliases").forEach(alias -> options.add("alias=" + alias));
            if (keys.has("ipv4_address")) {
                options.add("ip=" + keys.text("ipv4_address"));
            }
            if (keys.has("mac_address")) {
                options.add("mac=" + keys.text("mac_address"));
            }
            keys.lost().forEach(key -> lost.accept("networks." + name + "." + key));
            words.add(
                    "--network",
                    known.getOrDefault(name, name)
                            + (options.isEmpty() ? "" : ":" + String.join(",", options)));
        }
    }

    /// With whom a namespace is shared: a service's container has the service's name.
    private String shared(String key) {
        var mode = service.text(key);
        var parts = mode.split(":", 2);
        if (parts.length < 2 || !parts[0].matches("service|container")) {
            return mode;
        }
        boolean called = parts[0].equals("container");
        var name = called ? services.getOrDefault(parts[1], parts[1]) : parts[1];
        joined.add(name);
        return "container:" + name;
    }

    /// The containers whose namespaces it shares, which are to be there before it.
    List<String> joined() {
        return joined;
    }

    private void volume(Object volume, Place place, Map<String, String> known) {
        if (volume instanceof String text) {
            var parts = text.split(":", 3);
            if (parts.length == 1) {
                words.add("--volume", text);
                return;
            }
            var options = parts.length > 2 ? ":" + parts[2] : "";
            words.add("--volume", source(parts[0], place, known) + ":" + parts[1] + options);
            return;
        }
        var keys = new Keys(volume);
        var target = keys.text("target");
        var from = keys.text("source");
        var options = new ArrayList<String>();
        if (keys.flag("read_only")) {
            options.add("ro");
        }
        var bind = keys.keys("bind");
        if (bind.has("propagation")) {
            options.add(bind.text("propagation"));
        }
        if (keys.keys("volume").flag("nocopy")) {
            options.add("nocopy");
        }
        var ending = options.isEmpty() ? "" : ":" + String.join(",", options);
        switch (keys.text("type")) {
            case "tmpfs" -> {
                var size = keys.keys("tmpfs").text("size");
                words.add("--tmpfs", target + (size.isEmpty() ? "" : ":size=" + size));
            }
            case "bind" -> words.add("--volume", place.resolve(from) + ":" + target + ending);
            case "", "volume" -> {
                var name = from.isEmpty() ? "" : source(from, place, known) + ":";
                words.add("--volume", name + target + (name.isEmpty() ? "" : ending));
            }
            default -> lost.accept("volume of type '" + keys.text("type") + "' at " + target);
        }
    }

    private static String source(String source, Place place, Map<String, String> known) {
        boolean path = source.startsWith("/") || source.startsWith(".") || source.startsWith("~");
        return path ? place.resolve(source).toString() : known.getOrDefault(source, source);
    }

    private void names() {
        words.add("--hostname", service.text("hostname"));
        words.add("--dns", service.texts("dns"));
        words.add("--dns-search", service.texts("dns_search"));
        words.add("--dns-option", service.texts("dns_opt"));
        for (var host : service.texts("extra_hosts")) {
            words.add("--add-host", host.replaceFirst("=", ":"));
        }
        if (service.any("extra_hosts") instanceof Map<?, ?> map) {
            map.forEach((name, address) -> words.add("--add-host", name + ":" + address));
        }
        words.add("--mac-address", service.text("mac_address"));
    }

    private void limits() {
        var most = service.keys("deploy").keys("resources").keys("limits");
        var least = service.keys("deploy").keys("resources").keys("reservations");
        words.add("--memory", first(service.text("mem_limit"), most.text("memory")));
        words.add(
                "--memory-reservation",
                first(service.text("mem_reservation"), least.text("memory")));
        words.add("--memory-swap", service.text("memswap_limit"));
        words.add("--cpus", first(service.text("cpus"), most.text("cpus")));
        words.add("--pids-limit", first(service.text("pids_limit"), most.text("pids")));
        for (var key :
                List.of("cpu_shares", "cpu_quota", "cpu_period", "oom_score_adj", "shm_size")) {
            words.add("--" + key.replace('_', '-'), service.text(key));
        }
        words.add("--cpuset-cpus", service.text("cpuset"));
        var limits = service.keys("ulimits");
        for (var name : limits.names()) {
            var value = limits.any(name);
            var keys = new Keys(value);
            words.add(
                    "--ulimit",
                    name
                            + "="
                            + (value instanceof String text
                                    ? text
                                    : keys.text("soft") + ":" + keys.text("hard")));
        }
        service.texts("devices").forEach(device -> words.add("--device", device));
    }

    private static String first(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    private void privileges() {
        words.add("--privileged", service.flag("privileged"));
        words.add("--read-only", service.flag("read_only"));
        if (service.flag("read_only")) {
            // as in compose: what is to be writable is named
            words.add("--read-only-tmpfs=false", true);
        }
        words.add("--cap-add", service.texts("cap_add"));
        words.add("--cap-drop", service.texts("cap_drop"));
        words.add("--group-add", service.texts("group_add"));
        words.add("--sysctl", service.pairs("sysctls"));
        for (var option : service.texts("security_opt")) {
            words.add("--security-opt", option.replaceFirst("^([a-z-]+):", "$1="));
        }
        words.add("--ipc", shared("ipc"));
        words.add("--pid", shared("pid"));
        words.add("--userns", service.text("userns_mode"));
        var log = service.keys("logging");
        words.add("--log-driver", log.text("driver").equals("local") ? "" : log.text("driver"));
        words.add("--log-opt", log.pairs("options"));
    }
}
