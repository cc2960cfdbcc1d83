package dev.kelpie.app.call;

import dev.kelpie.app.session.Session;
import dev.kelpie.engine.Containers;
import dev.kelpie.engine.report.Health;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.ServiceNotice;
import dev.kelpie.runtime.cgroup.UnitGroup;
import java.util.List;
import java.util.Optional;

/// The systemd unit whose command this is, if it is one.
///
/// @param group its control group
/// @param notifySocket where systemd listens for what its services say; empty: it does not
/// @param name `web.service`, as unit files made from quadlets say it; perhaps empty
public record Unit(Optional<String> group, Optional<String> notifySocket, Optional<String> name) {

    private static final long LOOK_MILLIS = 100;
    private static final int LOOKS_FOR_A_CHECK = 20;

    /// The unit of the session's client.
    public static Unit of(Session session) {
        var environment = session.environment();
        boolean inUnit =
                environment.containsKey("INVOCATION_ID")
                        || environment.containsKey("NOTIFY_SOCKET");
        var group =
                inUnit && session.processId().isPresent()
                        ? UnitGroup.of(session.processId().getAsInt())
                        : Optional.<String>empty();
        return new Unit(
                group,
                said(environment.get("NOTIFY_SOCKET")),
                said(environment.get("PODMAN_SYSTEMD_UNIT")));
    }

    private static Optional<String> said(@org.jspecify.annotations.Nullable String word) {
        return Optional.ofNullable(word).filter(text -> !text.isEmpty());
    }

    /// Tells systemd that a container started for the unit is its main process, and that it is
    /// ready as soon as it is.
    public void started(Call call, String container) throws InterruptedException {
        if (notifySocket.isEmpty() || group.isEmpty()) {
            return;
        }
        var containers = call.engine().containers();
        var keeper = containers.keeper(container);
        if (keeper.isEmpty()) {
            return;
        }
        var main = "MAINPID=" + keeper.get();
        switch (containers.find(container).spec().policy().upkeep().says()) {
            case CONMON -> tell(call, keeper.get(), List.of(main, "READY=1"));
            case CONTAINER -> tell(call, keeper.get(), List.of(main));
            case HEALTHY -> {
                tell(call, keeper.get(), List.of(main));
                awaitHealthy(containers, container);
                tell(call, keeper.get(), List.of("READY=1"));
            }
            case IGNORE -> {}
        }
    }

    /// systemd has the longest time in its hands; it ends this command when it has passed.
    private static void awaitHealthy(Containers containers, String container)
            throws InterruptedException {
        for (int looks = 0; ; looks++) {
            var state = containers.find(container).state();
            var health = state.health().map(Health::status).orElse("");
            if (health.equals(Health.HEALTHY)) {
                return;
            }
            if (!state.running()) {
                throw new CommandException(
                        "container '" + container + "' ended before it was healthy");
            }
            if (health.isEmpty() && looks == LOOKS_FOR_A_CHECK) {
                throw new CommandException(
                        "container '" + container + "' has no health check to wait for");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    /// Sends words to systemd on behalf of one of the unit's processes.
    public void tell(Call call, int process, List<String> words) throws InterruptedException {
        if (notifySocket.isEmpty() || group.isEmpty()) {
            return;
        }
        try {
            ServiceNotice.send(notifySocket.get(), group.get(), process, words);
        } catch (HostException | IllegalArgumentException e) {
            call.note("Warning: cannot notify systemd: " + e.getMessage());
        }
    }
}
