package dev.kelpie.app.convert.compose;

import dev.kelpie.app.convert.RunWords;
import dev.kelpie.app.convert.ShellWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Writes what a service says of its process: command, environment, health, end.
final class ServiceWords {
    private final String name;
    private final Keys service;
    private final RunWords words;
    private final Consumer<String> lost;

    ServiceWords(String name, Keys service, RunWords words, Consumer<String> lost) {
        this.name = name;
        this.service = service;
        this.words = words;
        this.lost = lost;
    }

    void write(Place place, Project project) {
        process();
        environment(place, project);
        words.add("--label", service.pairs("labels"));
        words.add("--annotation", service.pairs("annotations"));
        service.bare("labels").forEach(label -> words.add("--label", label));
        health();
        restart();
        var grace = service.text("stop_grace_period");
        if (!grace.isEmpty()) {
            words.add("--stop-timeout", Spans.seconds(grace));
        }
        words.add("--stop-signal", service.text("stop_signal"));
    }

    /// The image; of one that is built its usual name.
    String image(String project) {
        var image = service.text("image");
        if (!service.has("build")) {
            return image;
        }
        var build = service.any("build");
        var folder = build instanceof String text ? text : service.keys("build").text("context");
        var built = image.isEmpty() ? "localhost/" + project + "-" + name : image;
        lost.accept("its build: 'kelpie build -t " + built + " " + folder + "' makes its image");
        return built;
    }

    /// What is run, where it is not the image's.
    List<String> command() {
        return commandOf("command");
    }

    private List<String> commandOf(String key) {
        return service.any(key) instanceof String line
                ? ShellWords.split(line)
                : service.texts(key);
    }

    private void process() {
        if (service.has("entrypoint")) {
            var entrypoint = commandOf("entrypoint");
            words.add(
                    "--entrypoint=" + (entrypoint.isEmpty() ? "" : RunWords.json(entrypoint)),
                    true);
        }
        words.add("--user", service.text("user"));
        words.add("--workdir", service.text("working_dir"));
        words.add("--tty", service.flag("tty"));
        words.add("--interactive", service.flag("stdin_open"));
        words.add("--init", service.flag("init"));
        var pull = service.text("pull_policy");
        switch (pull) {
            case "", "missing", "if_not_present", "build" -> {}
            case "always", "never" -> words.add("--pull", pull);
            default -> lost.accept("pull_policy '" + pull + "'");
        }
    }

    private void environment(Place place, Project project) {
        var variables = new LinkedHashMap<String, String>();
        for (var file : service.list("env_file")) {
            var keys = new Keys(file);
            var path = file instanceof String text ? text : keys.text("path");
            var text = place.read(path);
            if (text.isPresent()) {
                variables.putAll(EnvFile.parse(text.get(), project.interpolation()::text));
            } else if (!keys.text("required").equals("false")) {
                lost.accept("env_file '" + path + "': cannot be read");
            }
        }
        variables.putAll(service.pairs("environment"));
        for (var passed : service.bare("environment")) {
            var own = project.variables().get(passed);
            if (own == null) {
                variables.remove(passed);
                lost.accept("environment '" + passed + "': it is not set");
            } else {
                variables.put(passed, own);
            }
        }
        words.add("--env", variables);
    }

    private void health() {
        var check = service.keys("healthcheck");
        if (!service.has("healthcheck")) {
            return;
        }
        var test =
                check.any("test") instanceof String line
                        ? List.of("CMD-SHELL", line)
                        : check.texts("test");
        if (check.flag("disable") || test.equals(List.of("NONE"))) {
            words.add("--no-healthcheck", true);
            return;
        }
        if (!test.isEmpty()) {
            words.add("--health-cmd", RunWords.json(test));
        }
        words.add("--health-interval", check.text("interval"));
        words.add("--health-timeout", check.text("timeout"));
        words.add("--health-retries", check.text("retries"));
        words.add("--health-start-period", check.text("start_period"));
        check.lost().forEach(key -> lost.accept("healthcheck." + key));
    }

    private void restart() {
        var restart = service.text("restart");
        var deploy = service.keys("deploy").keys("restart_policy");
        if (!restart.isEmpty()) {
            words.add("--restart", restart);
        } else if (deploy.has("condition")) {
            switch (deploy.text("condition")) {
                case "none" -> {}
                case "on-failure" -> {
                    var most = deploy.text("max_attempts");
                    words.add("--restart", "on-failure" + (most.isEmpty() ? "" : ":" + most));
                }
                default -> words.add("--restart", "always");
            }
        }
    }

    /// What else starts first; the order is kept, the condition is not.
    List<String> dependencies() {
        var names = new ArrayList<String>();
        if (service.any("depends_on") instanceof Map<?, ?> map) {
            map.forEach((other, value) -> {
                names.add(other.toString());
                var condition = new Keys(value).text("condition");
                if (!condition.isEmpty() && !condition.equals("service_started")) {
                    lost.accept(
                            "depends_on '"
                                    + other
                                    + "' until "
                                    + condition
                                    + ": nothing waits, it has to try again");
                }
            });
        } else {
            names.addAll(service.texts("depends_on"));
        }
        return names;
    }
}
