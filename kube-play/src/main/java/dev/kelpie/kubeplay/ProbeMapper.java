package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.Handler;
import dev.kelpie.engine.spec.HealthCheck;
import dev.kelpie.engine.spec.Lifecycle;
import dev.kelpie.engine.spec.Probe;
import dev.kelpie.engine.spec.Probes;
import dev.kelpie.engine.spec.RestartRule;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Probes, hooks and restart rules of a container, Kubernetes' defaults filled in.
final class ProbeMapper {

    private static final long PERIOD = 10;
    private static final int FAILURES = 3;
    private static final long LONGEST = Duration.ofDays(3650).toSeconds();

    private final Mapping container;

    ProbeMapper(Mapping container) {
        this.container = container;
    }

    /// The kubelet does not look at an image's HEALTHCHECK.
    Probes probes() {
        return new Probes(
                probe("startupProbe"),
                probe("livenessProbe"),
                probe("readinessProbe"),
                HealthCheck.OFF);
    }

    private Optional<Probe> probe(String key) {
        var probe = container.mapping(key);
        var grace = probe.number("terminationGracePeriodSeconds");
        return question(probe)
                .map(handler ->
                        new Probe(
                                handler,
                                seconds(probe, "initialDelaySeconds", 0),
                                seconds(probe, "timeoutSeconds", 1),
                                seconds(probe, "periodSeconds", PERIOD),
                                times(probe, "successThreshold", 1),
                                times(probe, "failureThreshold", FAILURES),
                                grace.isPresent()
                                        ? Optional.of(duration(grace.getAsLong()))
                                        : Optional.empty()));
    }

    Lifecycle lifecycle() {
        var hooks = container.mapping("lifecycle");
        return new Lifecycle(
                hook(hooks.mapping("postStart")),
                hook(hooks.mapping("preStop")),
                Optional.of(
                        new Lifecycle.TerminationMessage(
                                container
                                        .word("terminationMessagePath")
                                        .orElse(Lifecycle.TerminationMessage.USUAL.path()),
                                container
                                        .word("terminationMessagePolicy")
                                        .filter("FallbackToLogsOnError"::equals)
                                        .isPresent())));
    }

    List<RestartRule> restartRules() {
        return container.mappings("restartPolicyRules").stream()
                .map(rule -> rule.mapping("exitCodes"))
                .map(codes ->
                        new RestartRule(
                                !"NotIn".equals(codes.text("operator").orElse("In")),
                                codes.texts("values").stream().map(Integer::valueOf).toList()))
                .toList();
    }

    private Optional<Handler.OfProbe> question(Mapping probe) {
        if (probe.has("grpc")) {
            var grpc = probe.mapping("grpc");
            return Optional.of(new Handler.Grpc(port(grpc), grpc.text("service").orElse("")));
        }
        return exec(probe)
                .<Handler.OfProbe>map(handler -> handler)
                .or(() -> http(probe))
                .or(() -> tcp(probe));
    }

    private Optional<Handler.OfHook> hook(Mapping hook) {
        if (hook.has("sleep")) {
            var time = hook.mapping("sleep").number("seconds").orElse(0);
            return Optional.of(new Handler.Sleep(duration(time)));
        }
        return exec(hook)
                .<Handler.OfHook>map(handler -> handler)
                .or(() -> http(hook))
                .or(() -> tcp(hook));
    }

    private static Optional<Handler.Exec> exec(Mapping handler) {
        return handler.has("exec")
                ? Optional.of(new Handler.Exec(handler.mapping("exec").texts("command")))
                : Optional.empty();
    }

    private Optional<Handler.HttpGet> http(Mapping handler) {
        if (!handler.has("httpGet")) {
            return Optional.empty();
        }
        var get = handler.mapping("httpGet");
        return Optional.of(
                new Handler.HttpGet(
                        "HTTPS".equals(get.word("scheme").orElse("HTTP")),
                        get.word("host"),
                        port(get),
                        get.word("path").orElse("/"),
                        get.mappings("httpHeaders").stream()
                                .map(header ->
                                        new Handler.HttpHeader(
                                                header.text("name").orElse(""),
                                                header.text("value").orElse("")))
                                .toList()));
    }

    private Optional<Handler.TcpSocket> tcp(Mapping handler) {
        if (!handler.has("tcpSocket")) {
            return Optional.empty();
        }
        var socket = handler.mapping("tcpSocket");
        return Optional.of(new Handler.TcpSocket(socket.word("host"), port(socket)));
    }

    /// A number, or the name of one of the container's ports.
    private int port(Mapping handler) {
        var number = handler.number("port");
        if (number.isPresent()) {
            return (int) number.getAsLong();
        }
        var name = handler.text("port").orElse("");
        return container.mappings("ports").stream()
                .filter(port -> port.text("name").orElse("").equals(name))
                .map(port -> port.number("containerPort"))
                .filter(OptionalLong::isPresent)
                .findFirst()
                .map(port -> (int) port.getAsLong())
                .orElseGet(() -> name.matches("\\d{1,5}") ? Integer.parseInt(name) : 0);
    }

    private static Duration seconds(Mapping probe, String key, long usual) {
        var written = probe.number(key).orElse(0);
        return duration(written == 0 ? usual : written);
    }

    private static Duration duration(long seconds) {
        return Duration.ofSeconds(Math.min(seconds, LONGEST));
    }

    private static int times(Mapping probe, String key, int usual) {
        var written = probe.number(key).orElse(0);
        return written == 0 ? usual : (int) Math.min(written, Integer.MAX_VALUE);
    }
}
