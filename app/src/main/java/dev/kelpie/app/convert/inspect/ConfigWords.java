package dev.kelpie.app.convert.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kelpie.app.convert.RunWords;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes what `Config` says: process, environment, labels, health.
final class ConfigWords {
    /// Put there by the engine.
    private static final Set<String> ENGINE_VARIABLES =
            Set.of("PATH", "HOSTNAME", "HOME", "TERM", "container");

    /// Labels and annotations that are the engine's.
    private static final Pattern ENGINE_KEYS =
            Pattern.compile(
                    "(io\\.buildah|io\\.kubernetes\\.cri-o|io\\.podman\\.annotations|io\\.container"
                            + "|org\\.opencontainers|org\\.systemd|run\\.oci)\\..*");

    private static final Pattern ID = Pattern.compile("[0-9a-f]{12,64}");
    private static final long USUAL_STOP = 10;

    private final Facts facts;
    private final JsonNode config;
    private final RunWords words;

    ConfigWords(Facts facts, RunWords words) {
        this.facts = facts;
        this.config = facts.config();
        this.words = words;
    }

    void write() {
        process();
        environment();
        metadata();
        stop();
        health();
        secrets();
    }

    /// What is run in it; empty for the image's own.
    List<String> command() {
        var command = Facts.texts(config.path("Cmd"));
        boolean ofImage = facts.lastWord().equals(config.path("Image").asText("?"));
        return ofImage ? List.of() : command;
    }

    private void process() {
        var entrypoint = config.path("Entrypoint");
        if (facts.asked("--entrypoint")) {
            var list =
                    entrypoint.isTextual()
                            ? List.of(entrypoint.asText().split(" +"))
                            : Facts.texts(entrypoint);
            if (!list.isEmpty()) {
                words.add("--entrypoint", RunWords.json(list));
            }
        }
        if (facts.asked("--user", "-u")) {
            words.add("--user", config.path("User").asText());
        }
        var directory = config.path("WorkingDir").asText();
        if (facts.asked("--workdir", "-w") && !directory.equals("/")) {
            words.add("--workdir", directory);
        }
        words.add("--tty", config.path("Tty").asBoolean());
        words.add("--interactive", config.path("OpenStdin").asBoolean());
        var hostname = config.path("Hostname").asText();
        if (facts.asked("--hostname", "-h") && !ID.matcher(hostname).matches()) {
            words.add("--hostname", hostname);
        }
        if (config.has("Umask") && !config.path("Umask").asText().equals("0022")) {
            facts.lost("umask " + config.path("Umask").asText());
        }
        if (config.path("Timeout").asLong() > 0) {
            words.add("--timeout", config.path("Timeout").asLong());
        }
    }

    private void environment() {
        var fromFile = facts.isSaid("--env-file", "--env-host");
        for (var variable : Facts.texts(config.path("Env"))) {
            int equals = variable.indexOf('=');
            var name = equals < 0 ? variable : variable.substring(0, equals);
            boolean engines = ENGINE_VARIABLES.contains(name) && !facts.isSaid("--env=" + name);
            if (!engines && (fromFile || facts.isAmongWords(name))) {
                words.add("--env", variable);
            }
        }
    }

    private void metadata() {
        Facts.map(config.path("Labels"))
                .forEach((key, value) -> {
                    if (!ENGINE_KEYS.matcher(key).matches()
                            && (facts.isAmongWords(key) || facts.isSaid("--label-file"))) {
                        words.add("--label", key + "=" + value);
                    }
                });
        Facts.map(config.path("Annotations"))
                .forEach((key, value) -> {
                    if (!ENGINE_KEYS.matcher(key).matches() && facts.isAmongWords(key)) {
                        words.add("--annotation", key + "=" + value);
                    }
                });
    }

    private void stop() {
        var signal = config.path("StopSignal").asText();
        if (facts.asked("--stop-signal") && !signal.equals("SIGTERM") && !signal.equals("15")) {
            words.add("--stop-signal", signal);
        }
        long timeout = config.path("StopTimeout").asLong(USUAL_STOP);
        if (timeout != USUAL_STOP) {
            words.add("--stop-timeout=" + timeout, true);
        }
    }

    private void health() {
        var check = config.path("Healthcheck");
        var test = Facts.texts(check.path("Test"));
        // what the image brought would be here too
        if (test.isEmpty() || test.equals(List.of("NONE"))) {
            words.add("--no-healthcheck", true);
            return;
        }
        words.add("--health-cmd", RunWords.json(test));
        nanos("--health-interval", check.path("Interval"));
        nanos("--health-timeout", check.path("Timeout"));
        nanos("--health-start-period", check.path("StartPeriod"));
        words.add("--health-retries", check.path("Retries").asLong());
        var action = config.path("HealthcheckOnFailureAction").asText();
        if (!action.equals("none")) {
            words.add("--health-on-failure", action);
        }
    }

    private void nanos(String flag, JsonNode value) {
        if (value.asLong() > 0) {
            words.add(flag, value.asLong() / 1_000_000 + "ms");
        }
    }

    private void secrets() {
        for (var secret : config.path("Secrets")) {
            words.add(
                    "--secret",
                    "%s,uid=%d,gid=%d,mode=%o"
                            .formatted(
                                    secret.path("Name").asText(),
                                    secret.path("UID").asLong(),
                                    secret.path("GID").asLong(),
                                    secret.path("Mode").asLong()));
        }
        // variables out of secrets are only in the words with which it was made
        facts.valuesOf("--secret").stream()
                .filter(word -> word.contains("type=env"))
                .forEach(word -> words.add("--secret", word));
    }
}
