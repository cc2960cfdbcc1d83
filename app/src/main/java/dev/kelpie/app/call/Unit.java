package dev.kelpie.app.call;

import dev.kelpie.app.session.Session;
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
                awaitHealthy(container);
                tell(call, keeper.get(), List.of("READY=1"));
            }
            case IGNORE -> {}
        }
    }

    private static void awaitHealthy(String container) {
        throw new CommandException("container '" + container + "' has no health check to wait for");
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
