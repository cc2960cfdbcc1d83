package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.ContainerPolicy;
import dev.kelpie.engine.spec.Handler;
import dev.kelpie.engine.spec.Probe;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ExecAction;
import io.fabric8.kubernetes.api.model.GRPCAction;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HTTPHeader;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.SleepAction;
import io.fabric8.kubernetes.api.model.TCPSocketAction;
import java.time.Duration;
import java.util.Optional;

/// Probes and hooks of a container, what is Kubernetes' default left out.
final class ProbeMaker {

    private final ContainerPolicy policy;

    ProbeMaker(ContainerPolicy policy) {
        this.policy = policy;
    }

    void probes(Container made, String owner, Losses losses) {
        var probes = HealthProbes.of(policy.probes(), owner, losses);
        probes.startup().map(ProbeMaker::probe).ifPresent(made::setStartupProbe);
        probes.liveness().map(ProbeMaker::probe).ifPresent(made::setLivenessProbe);
        probes.readiness().map(ProbeMaker::probe).ifPresent(made::setReadinessProbe);
    }

    /// Adds its hooks; empty when there is nothing to say.
    Optional<Lifecycle> lifecycle(Optional<String> stopSignal) {
        var hooks = policy.lifecycle();
        if (stopSignal.isEmpty() && hooks.postStart().isEmpty() && hooks.preStop().isEmpty()) {
            return Optional.empty();
        }
        var made = new Lifecycle();
        stopSignal.ifPresent(made::setStopSignal);
        hooks.postStart().map(ProbeMaker::hook).ifPresent(made::setPostStart);
        hooks.preStop().map(ProbeMaker::hook).ifPresent(made::setPreStop);
        return Optional.of(made);
    }

    void lastWords(Container made) {
        var message = policy.lifecycle().message();
        message.map(it -> it.path())
                .filter(path -> !path.equals("/dev/termination-log"))
                .ifPresent(made::setTerminationMessagePath);
        if (message.filter(it -> it.fallbackToLogs()).isPresent()) {
            made.setTerminationMessagePolicy("FallbackToLogsOnError");
        }
    }

    private static io.fabric8.kubernetes.api.model.Probe probe(Probe probe) {
        var made = new io.fabric8.kubernetes.api.model.Probe();
        switch (probe.handler()) {
            case Handler.Exec exec -> made.setExec(exec(exec));
            case Handler.HttpGet get -> made.setHttpGet(http(get));
            case Handler.TcpSocket tcp -> made.setTcpSocket(tcp(tcp));
            case Handler.Grpc(int port, String service) -> {
                var grpc = new GRPCAction();
                grpc.setPort(port);
                if (!service.isEmpty()) {
                    grpc.setService(service);
                }
                made.setGrpc(grpc);
            }
        }
        unless(0, seconds(probe.initialDelay())).ifPresent(made::setInitialDelaySeconds);
        unless(1, seconds(probe.timeout())).ifPresent(made::setTimeoutSeconds);
        unless(10, seconds(probe.period())).ifPresent(made::setPeriodSeconds);
        unless(1, probe.successThreshold()).ifPresent(made::setSuccessThreshold);
        unless(3, probe.failureThreshold()).ifPresent(made::setFailureThreshold);
        probe.terminationGracePeriod()
                .map(Duration::toSeconds)
                .ifPresent(made::setTerminationGracePeriodSeconds);
        return made;
    }

    private static LifecycleHandler hook(Handler.OfHook hook) {
        var made = new LifecycleHandler();
        switch (hook) {
            case Handler.Exec exec -> made.setExec(exec(exec));
            case Handler.HttpGet get -> made.setHttpGet(http(get));
            case Handler.TcpSocket tcp -> made.setTcpSocket(tcp(tcp));
            case Handler.Sleep(Duration time) -> made.setSleep(new SleepAction(time.toSeconds()));
        }
        return made;
    }

    private static ExecAction exec(Handler.Exec exec) {
        return new ExecAction(exec.command());
    }

    private static HTTPGetAction http(Handler.HttpGet get) {
        var made = new HTTPGetAction();
        made.setPort(new IntOrString(get.port()));
        if (!get.path().equals("/")) {
            made.setPath(get.path());
        }
        if (get.tls()) {
            made.setScheme("HTTPS");
        }
        get.host().ifPresent(made::setHost);
        made.setHttpHeaders(
                get.headers().stream().map(h -> new HTTPHeader(h.name(), h.value())).toList());
        return made;
    }

    private static TCPSocketAction tcp(Handler.TcpSocket tcp) {
        var made = new TCPSocketAction();
        made.setPort(new IntOrString(tcp.port()));
        tcp.host().ifPresent(made::setHost);
        return made;
    }

    private static int seconds(Duration time) {
        return (int) Math.min(time.toSeconds(), Integer.MAX_VALUE);
    }

    private static Optional<Integer> unless(int usual, int value) {
        return value == usual ? Optional.empty() : Optional.of(value);
    }
}
