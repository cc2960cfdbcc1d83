package dev.kelpie.engine;

import dev.kelpie.engine.report.ServiceSummary;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.ServiceRow;
import java.util.ArrayList;
import java.util.List;

/// The Services of an engine; plays make them.
public final class Services {

    private final Core core;

    Services(Core core) {
        this.core = core;
    }

    /// Every Service, oldest first.
    public List<ServiceSummary> list() {
        return core.store.now().services().values().stream().map(this::summary).toList();
    }

    private ServiceSummary summary(ServiceRow row) {
        return new ServiceSummary(
                row.spec(),
                row.address(),
                row.nodePorts(),
                row.created(),
                core.endpoints.pods(core.store.now(), row).stream().map(PodRow::name).toList());
    }

    /// Removes those of these (`NAMESPACE/NAME`) that are there; their keys.
    List<String> remove(List<String> keys) throws InterruptedException {
        if (keys.isEmpty()) {
            return List.of();
        }
        core.steps.at("services.remove");
        var removed =
                core.store.compute(change -> {
                    var gone = new ArrayList<String>();
                    for (var key : keys) {
                        if (change.now().services().containsKey(key)) {
                            change.removeService(key);
                            gone.add(key);
                        }
                    }
                    return gone;
                });
        core.services.lookNow();
        return removed;
    }
}
