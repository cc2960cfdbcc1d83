package dev.kelpie.app.call;

import dev.kelpie.engine.Engine;

/// Where a command gets the engine from, waiting until it is open.
public interface EngineSource {
    Engine engine() throws InterruptedException;
}
