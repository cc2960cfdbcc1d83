package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.sandbox.Networks;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodNetwork.NetworkRequest;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.NetworkRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.State;
import dev.kelpie.runtime.network.Attachment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Containers join further networks and leave them, running or not: first the state, then the files
/// that tell of names, then the host. A service that is killed in between does the rest on the host
/// when it starts again; the files, which the container may have changed meanwhile, tell of it from
/// the next start or the next change of networks on.
final class Connecting {

    private final Core core;

    Connecting(Core core) {
        this.core = core;
    }

    /// @throws InvalidRequestException for who is on it already, or has no networks of his own
    void connect(NetworkRow network, ContainerRow row, Map<String, List<String>> options)
            throws InterruptedException {
        try (var _ = core.locks.take(row.pod())) {
            var pod = pod(row);
            if (requests(core.store.now(), pod, row).stream()
                    .anyMatch(each -> isOf(core.store.now(), each, network))) {
                throw new InvalidRequestException(
                        "container "
                                + row.id()
                                + " is already connected to network "
                                + network.name()
                                + ": network is already connected");
            }
            var up = core.sandboxes.isAlive(pod.id());
            var request = new NetworkRequest(network.name(), options);
            core.steps.at("network.connect");
            core.store.change(change -> {
                var all = new ArrayList<>(requests(change.now(), pod, row));
                all.add(request);
                change.editPod(pod.id(), it -> with(it, new PodNetwork.Bridge(all)));
                if (up) {
                    var names = Blueprint.names(pod, change.now().members(pod.id()));
                    core.networks.allocateFurther(change, pod, request, names);
                }
            });
            core.note(row, "connect", "network", network.name());
            if (up) {
                attach(network, pod);
            }
        }
    }

    private void attach(NetworkRow network, PodRow before) throws InterruptedException {
        var done = false;
        try {
            core.sandboxes.renewNames(before);
            core.steps.at("network.connect.host");
            core.network.attach(attachments(before.id(), network));
            done = true;
        } finally {
            if (!done) {
                takeBack(network, before);
            }
        }
    }

    private void takeBack(NetworkRow network, PodRow before) throws InterruptedException {
        var left = attachments(before.id(), network);
        core.store.change(change -> {
            change.editPod(before.id(), now -> with(now, before.spec().network().mode()));
            Networks.release(change, before.id(), network.name());
        });
        Undisturbed.run(() -> {
            core.sandboxes.renewNames(before);
            core.network.detach(left);
        });
    }

    /// @throws InvalidRequestException for who is not on it
    void disconnect(NetworkRow network, ContainerRow row) throws InterruptedException {
        try (var _ = core.locks.take(row.pod())) {
            var pod = pod(row);
            var all = new ArrayList<>(requests(core.store.now(), pod, row));
            if (!all.removeIf(each -> isOf(core.store.now(), each, network))) {
                throw new InvalidRequestException(
                        "container "
                                + row.name()
                                + " is not connected to network "
                                + network.name());
            }
            var leaving = attachments(pod.id(), network);
            core.steps.at("network.disconnect");
            core.store.change(change -> {
                change.editPod(pod.id(), it -> with(it, new PodNetwork.Bridge(all, all.isEmpty())));
                Networks.release(change, pod.id(), network.name());
            });
            core.note(row, "disconnect", "network", network.name());
            core.sandboxes.renewNames(pod);
            core.steps.at("network.disconnect.host");
            core.network.detach(leaving);
        }
    }

    private static PodRow with(PodRow pod, PodNetwork.Mode mode) {
        return pod.withSpec(pod.spec().withNetwork(pod.spec().network().withMode(mode)));
    }

    private List<Attachment> attachments(String pod, NetworkRow network) {
        return core.networks.attachments(pod).stream()
                .filter(each -> each.network().equals(network.name()))
                .toList();
    }

    private PodRow pod(ContainerRow row) {
        return core.store
                .now()
                .pod(row.pod())
                .orElseThrow(
                        () -> new dev.kelpie.engine.fault.ContainerNotFoundException(row.id()));
    }

    /// What a pod has asked for by now, the default network by its name.
    private static List<NetworkRequest> requests(State state, PodRow asked, ContainerRow row) {
        var pod = state.pod(asked.id()).orElse(asked);
        if (!pod.solo() && row.kind() != ContainerKind.INFRA) {
            var infra = Blueprint.infraOf(state, pod.id()).map(ContainerRow::name).orElse("");
            throw new InvalidRequestException(
                    "container "
                            + row.name()
                            + " has the networks of pod "
                            + pod.name()
                            + ": name its infra container '"
                            + infra
                            + "'");
        }
        if (!(pod.spec().network().mode() instanceof PodNetwork.Bridge(var requests, var bare))) {
            throw new InvalidRequestException(
                    "container "
                            + row.name()
                            + " has no network of its own to join others with: invalid network mode");
        }
        return requests.isEmpty() && !bare
                ? List.of(new NetworkRequest(Networks.DEFAULT, Map.of()))
                : requests;
    }

    private static boolean isOf(State state, NetworkRequest request, NetworkRow network) {
        var name = Networks.canonical(request.network());
        return name.equals(network.name())
                || Networks.find(state, request.network())
                        .map(NetworkRow::name)
                        .equals(Optional.of(network.name()));
    }
}
