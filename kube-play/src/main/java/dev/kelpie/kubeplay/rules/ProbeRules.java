package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.List;
import java.util.stream.Collectors;

/// Rules for probes, hooks and restart rules, as the API server has them.
final class ProbeRules {

    private static final List<String> PROBES =
            List.of("startupProbe", "livenessProbe", "readinessProbe");
    private static final List<String> PROBE_HANDLERS =
            List.of("exec", "httpGet", "tcpSocket", "grpc");
    private static final List<String> HOOK_HANDLERS =
            List.of("exec", "httpGet", "tcpSocket", "sleep");
    private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");
    private static final int MOST_RULES = 20;

    private final Complaints complaints;

    ProbeRules(Complaints complaints) {
        this.complaints = complaints;
    }

    /// @param init whether it is an init container
    void check(Mapping container, Mapping podSpec, boolean init) {
        restarts(container);
        complaints.oneOf(
                container, "terminationMessagePolicy", List.of("File", "FallbackToLogsOnError"));
        var sidecar = "Always".equals(container.text("restartPolicy").orElse(""));
        for (var key : PROBES) {
            if (init && !sidecar && container.has(key)) {
                notForInit(container, key);
            } else if (!container.mapping(key).entries().isEmpty()) {
                probe(container, key);
            }
        }
        var hooks = container.mapping("lifecycle");
        for (var key : List.of("postStart", "preStop")) {
            if (init && !sidecar && hooks.has(key)) {
                notForInit(hooks, key);
            } else if (!hooks.mapping(key).entries().isEmpty()) {
                hook(container, hooks.mapping(key), podSpec);
            }
        }
    }

    private void notForInit(Mapping object, String key) {
        complaints.at(
                object, key, "may not be set for init containers without restartPolicy Always");
    }

    private void restarts(Mapping container) {
        complaints.oneOf(container, "restartPolicy", RESTART_POLICIES);
        var rules = container.mappings("restartPolicyRules");
        if (!rules.isEmpty() && !container.has("restartPolicy")) {
            complaints.at(
                    container,
                    "restartPolicy",
                    "required, but missing: restartPolicyRules need the container's own");
        }
        if (rules.size() > MOST_RULES) {
            complaints.at(
                    container,
                    "restartPolicyRules",
                    "must have at most " + MOST_RULES + " items, has " + rules.size());
        }
        for (var rule : rules) {
            if (complaints.required(rule, "action")) {
                complaints.oneOf(rule, "action", List.of("Restart"));
            }
            if (complaints.required(rule, "exitCodes")) {
                exitCodes(rule.mapping("exitCodes"));
            }
        }
    }

    private void exitCodes(Mapping codes) {
        if (complaints.required(codes, "operator")) {
            complaints.oneOf(codes, "operator", List.of("In", "NotIn"));
        }
        for (var value : codes.scalars("values")) {
            if (!value.text().matches("\\d{1,3}") || Integer.parseInt(value.text()) > 255) {
                complaints.at(value, "must be 0-255, was " + Complaints.quoted(value.text()));
            }
        }
    }

    private void probe(Mapping container, String key) {
        var probe = container.mapping(key);
        handler(container, probe, PROBE_HANDLERS);
        complaints.notNegative(probe, "initialDelaySeconds");
        for (var number :
                List.of(
                        "timeoutSeconds",
                        "periodSeconds",
                        "successThreshold",
                        "failureThreshold")) {
            complaints.notNegative(probe, number);
        }
        if (!key.equals("readinessProbe") && probe.number("successThreshold").orElse(1) > 1) {
            complaints.at(
                    probe,
                    "successThreshold",
                    "must be 1, was " + probe.number("successThreshold").getAsLong());
        }
        var grace = probe.number("terminationGracePeriodSeconds");
        if (grace.isPresent() && key.equals("readinessProbe")) {
            complaints.at(
                    probe,
                    "terminationGracePeriodSeconds",
                    "must not be set for a readiness probe");
        } else if (grace.isPresent() && grace.getAsLong() <= 0) {
            complaints.at(
                    probe,
                    "terminationGracePeriodSeconds",
                    "must be greater than 0, was " + grace.getAsLong());
        }
    }

    private void hook(Mapping container, Mapping hook, Mapping podSpec) {
        handler(container, hook, HOOK_HANDLERS);
        var sleep = hook.mapping("sleep");
        var seconds = sleep.number("seconds");
        var grace = podSpec.number("terminationGracePeriodSeconds").orElse(30);
        if (hook.has("sleep")
                && complaints.required(sleep, "seconds")
                && seconds.isPresent()
                && (seconds.getAsLong() < 0 || seconds.getAsLong() > grace)) {
            complaints.at(
                    sleep,
                    "seconds",
                    "must be 0 to the grace period of " + grace + ", was " + seconds.getAsLong());
        }
    }

    private void handler(Mapping container, Mapping owner, List<String> kinds) {
        var written = kinds.stream().filter(owner::has).toList();
        if (written.isEmpty()) {
            complaints.at(owner, "must have one of " + String.join(", ", kinds));
            return;
        }
        if (written.size() > 1) {
            complaints.at(
                    owner,
                    written.get(1),
                    "must not be written together with " + written.getFirst());
        }
        var handler = owner.mapping(written.getFirst());
        switch (written.getFirst()) {
            case "exec" -> {
                if (handler.items("command").isEmpty()) {
                    complaints.at(handler, "command", "required, but missing");
                }
            }
            case "httpGet" -> http(container, handler);
            case "tcpSocket", "grpc" -> port(container, handler);
            default -> {
                // sleep has its own
            }
        }
    }

    private void http(Mapping container, Mapping get) {
        port(container, get);
        complaints.oneOf(get, "scheme", List.of("HTTP", "HTTPS"));
        for (var header : get.mappings("httpHeaders")) {
            var name = header.word("name");
            if (complaints.required(header, "name")
                    && name.isPresent()
                    && !name.get().matches("[-A-Za-z0-9]+")) {
                complaints.at(
                        header,
                        "name",
                        "must be letters, digits and '-', was " + Complaints.quoted(name.get()));
            }
        }
    }

    private void port(Mapping container, Mapping handler) {
        if (!complaints.required(handler, "port")) {
            return;
        }
        if (handler.number("port").isPresent()) {
            complaints.between(handler, "port", 1, 65535);
            return;
        }
        var name = handler.text("port").orElse("");
        var known =
                container.mappings("ports").stream()
                        .flatMap(port -> port.word("name").stream())
                        .collect(Collectors.toList());
        if (!known.contains(name) && !isPortNumber(name)) {
            complaints.at(
                    handler,
                    "port",
                    "must be 1-65535 or the name of a port of this container, was "
                            + Complaints.quoted(name),
                    Complaints.didYouMean(name, known));
        }
    }

    private static boolean isPortNumber(String text) {
        return text.matches("\\d{1,5}")
                && Integer.parseInt(text) >= 1
                && Integer.parseInt(text) <= 65535;
    }
}
