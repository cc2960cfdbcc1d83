package dev.kelpie.app.command.kube;

import dev.kelpie.app.call.Call;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.ContainerSummary;
import dev.kelpie.engine.report.PlayReport;
import dev.kelpie.engine.report.PlayedPod;
import dev.kelpie.engine.spec.PortMapping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// After a play: waits a little until the pods' published TCP ports answer, and says on standard
/// error where.
final class PortProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_PORTS = 16;
    private static final long PAUSE_MILLIS = 50;

    private final Call call;
    private final long end = System.nanoTime() + PATIENCE.toNanos();

    PortProbe(Call call) {
        this.call = call;
    }

    void say(PlayReport report) throws InterruptedException {
        var containers = call.engine().containers().list();
        for (var pod : report.pods()) {
            for (var port : ports(pod, containers)) {
                say(pod.name(), port);
            }
        }
    }

    private static List<PortMapping> ports(PlayedPod pod, List<ContainerSummary> containers) {
        return containers.stream()
                .filter(each -> each.pod().filter(of -> of.id().equals(pod.id())).isPresent())
                .filter(each -> each.kind() != ContainerKind.INIT)
                .flatMap(each -> each.connections().ports().stream())
                .filter(port -> port.protocol() == PortMapping.Protocol.TCP)
                .filter(port -> port.hostPort() > 0 && port.range() == 1)
                .distinct()
                .limit(MOST_PORTS)
                .toList();
    }

    private void say(String pod, PortMapping port) throws InterruptedException {
        var host = host(port);
        var answer = new HttpGreeting(host, port.hostPort());
        var where = (host.contains(":") ? "[" + host + "]" : host) + ":" + port.hostPort();
        var heard = answer.ask();
        while (heard.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(PAUSE_MILLIS);
            heard = answer.ask();
        }
        call.note(heard.map(line -> pod + line.said(where)).orElse(pod + silent(where)));
    }

    private static String silent(String where) {
        return " does not answer on " + where + " yet";
    }

    private static String host(PortMapping port) {
        return Optional.of(port.hostIp().orElse("127.0.0.1"))
                .filter(ip -> !ip.equals("0.0.0.0") && !ip.equals("::"))
                .orElse("127.0.0.1");
    }
}
