package dev.kelpie.kubeplay.support;

import static dev.kelpie.kubeplay.support.FieldRule.honoured;
import static dev.kelpie.kubeplay.support.FieldRule.part;

import java.util.List;
import java.util.stream.Stream;

/// The fields of probes, hooks and restart rules.
final class ProbeFields {

    private ProbeFields() {}

    static List<FieldRule> probes() {
        return Stream.of("livenessProbe", "readinessProbe", "startupProbe")
                .map(name ->
                        part(
                                name,
                                exec(),
                                httpGet(),
                                tcpSocket(),
                                part("grpc", honoured("port"), honoured("service")),
                                honoured("initialDelaySeconds"),
                                honoured("timeoutSeconds"),
                                honoured("periodSeconds"),
                                honoured("successThreshold"),
                                honoured("failureThreshold"),
                                honoured("terminationGracePeriodSeconds")))
                .toList();
    }

    static FieldRule lifecycle() {
        return part("lifecycle", hook("postStart"), hook("preStop"), honoured("stopSignal"));
    }

    private static FieldRule hook(String name) {
        return part(name, exec(), httpGet(), tcpSocket(), part("sleep", honoured("seconds")));
    }

    static FieldRule restartPolicyRules() {
        return part(
                "restartPolicyRules",
                honoured("action"),
                part("exitCodes", honoured("operator"), honoured("values")));
    }

    private static FieldRule exec() {
        return part("exec", honoured("command"));
    }

    private static FieldRule httpGet() {
        return part(
                "httpGet",
                honoured("scheme", "certificates are not looked at"),
                honoured("host", "the pod's address without it, seen from within the pod"),
                honoured("port"),
                honoured("path"),
                part("httpHeaders", honoured("name"), honoured("value")));
    }

    private static FieldRule tcpSocket() {
        return part("tcpSocket", honoured("host"), honoured("port"));
    }
}
