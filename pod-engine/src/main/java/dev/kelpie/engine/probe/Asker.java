package dev.kelpie.engine.probe;

import dev.kelpie.engine.spec.Handler;
import java.time.Duration;

/// Asks a container; answers within the time, whatever the container does.
@FunctionalInterface
public interface Asker {
    Answer ask(Handler.OfProbe question, Duration timeout) throws InterruptedException;
}
