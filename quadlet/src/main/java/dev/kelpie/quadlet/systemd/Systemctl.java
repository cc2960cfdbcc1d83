package dev.kelpie.quadlet.systemd;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// systemd by its command.
public final class Systemctl implements Systemd {
    private final boolean user;

    /// @param user whether it is the user's systemd
    public Systemctl(boolean user) {
        this.user = user;
    }

    @Override
    public boolean isThere() {
        return Files.isDirectory(Path.of("/run/systemd/system")); // sd_booted(3)
    }

    @Override
    public void reload() {
        run("daemon-reload");
    }

    @Override
    public void stop(String service) {
        run("stop", service);
    }

    @Override
    public Map<String, String> states(List<String> services) {
        var known = services.stream().filter(Systemctl::isOfOne).toList();
        if (known.isEmpty() || !isThere()) {
            return Map.of();
        }
        var words =
                new ArrayList<>(List.of("show", "--property=Id,LoadState,ActiveState,SubState"));
        words.addAll(known);
        return parse(run(words.toArray(String[]::new)));
    }

    /// For a template, or a name that it does not know, systemctl would say nothing of all others.
    static boolean isOfOne(String service) {
        return service.matches("[A-Za-z0-9:_.\\\\@-]{1,255}") && !service.contains("@.");
    }

    /// Blocks of `Property=value` lines with empty lines between them.
    static Map<String, String> parse(String output) {
        var states = new HashMap<String, String>();
        for (var block : output.split("\n\n", -1)) {
            var properties = new HashMap<String, String>();
            block.lines()
                    .filter(line -> line.indexOf('=') > 0)
                    .forEach(line ->
                            properties.put(
                                    line.substring(0, line.indexOf('=')),
                                    line.substring(line.indexOf('=') + 1)));
            if ("loaded".equals(properties.get("LoadState"))) {
                states.put(
                        properties.getOrDefault("Id", ""),
                        properties.get("ActiveState") + "/" + properties.get("SubState"));
            }
        }
        return states;
    }

    private String run(String... words) {
        var command = new ArrayList<>(List.of("systemctl"));
        if (user) {
            command.add("--user");
        }
        command.addAll(List.of(words));
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectInput(
                                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                            .redirectErrorStream(true)
                            .start();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new SystemdException(
                        "'" + String.join(" ", command) + "' failed: " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new SystemdException("cannot run systemctl: " + e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new SystemdException("interrupted while systemctl ran");
        }
    }
}
