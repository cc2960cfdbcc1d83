package dev.kelpie.runtime.oci;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The environment of a container's process: what is given wins, what everybody expects is added.
final class ContainerEnvironment {

    private static final String PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private ContainerEnvironment() {}

    static List<String> of(ContainerConfig config, String home) {
        var all = new LinkedHashMap<String, String>();
        all.put("PATH", PATH);
        if (config.command().terminal()) {
            all.put("TERM", "xterm");
        }
        all.put("container", "oci");
        all.put("HOME", home);
        config.namespaces().hostname().ifPresent(name -> all.put("HOSTNAME", name));
        addTo(all, config.command().env());
        return lines(all);
    }

    /// An entry without `=` is no variable: it takes one of that name away.
    static void addTo(Map<String, String> all, List<String> env) {
        for (var entry : env) {
            var sign = entry.indexOf('=');
            if (sign > 0) {
                all.put(entry.substring(0, sign), entry.substring(sign + 1));
            } else {
                all.remove(entry);
            }
        }
    }

    static List<String> lines(Map<String, String> all) {
        var lines = new ArrayList<String>();
        all.forEach((name, value) -> lines.add(name + "=" + value));
        return lines;
    }
}
