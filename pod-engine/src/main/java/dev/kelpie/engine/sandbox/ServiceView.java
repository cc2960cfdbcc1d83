package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.state.State;
import dev.kelpie.runtime.network.VirtualService;
import java.util.List;

/// What the host's networks shall know of Services at a moment.
@FunctionalInterface
public interface ServiceView {
    List<VirtualService> of(State state);
}
