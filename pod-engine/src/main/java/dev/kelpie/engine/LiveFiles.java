package dev.kelpie.engine;

import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.sandbox.SecretVolumes;
import dev.kelpie.runtime.HostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The files that running pods have of secrets, of ConfigMaps and about themselves: brought to what
/// those hold now, all at once, as the kubelet does. Mounts of a `subPath` keep the file they have.
final class LiveFiles {

    private static final System.Logger LOG = System.getLogger(LiveFiles.class.getName());

    /// So long is waited for pods that somebody works on; they follow after that.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Core core;

    LiveFiles(Core core) {
        this.core = core;
    }

    /// Secrets have other contents now. A pod that cannot take them keeps what it has.
    void secretsChanged(List<String> names) throws InterruptedException {
        if (names.isEmpty()) {
            return;
        }
        var renewals = new ArrayList<Thread>();
        for (var pod : core.store.now().pods().values()) {
            if (names.stream().anyMatch(name -> SecretVolumes.shows(pod.spec(), name))) {
                renewals.add(Thread.startVirtualThread(() -> attempt(pod.id(), pod.name())));
            }
        }
        for (var renewal : renewals) {
            renewal.join(PATIENCE);
        }
    }

    /// What changed while no service was there, or was under way when it died.
    void catchUp() {
        for (var pod : core.store.now().pods().values()) {
            if (SecretVolumes.hasFiles(pod.spec()) && isUp(pod.id())) {
                attempt(pod.id(), pod.name());
            }
        }
    }

    /// Swaps the files of a pod; what hinders it is told in the service's log.
    void attempt(String pod, String name) {
        try {
            renew(pod);
        } catch (PodException | HostException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the files of pod '" + name + "' stay as they are",
                    e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Swaps the files of a pod, if it runs.
    void renew(String pod) throws InterruptedException {
        try (var _ = core.locks.take(pod)) {
            var row = core.store.now().pod(pod);
            if (row.isPresent() && isUp(pod)) {
                core.secretVolumes.write(row.get());
            }
        }
    }

    private boolean isUp(String pod) {
        return core.store.now().members(pod).stream()
                .anyMatch(row -> core.observer.observe(row.id()) instanceof Observation.Running);
    }
}
