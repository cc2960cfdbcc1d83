package dev.kelpie.app.command;

import dev.kelpie.app.call.Surroundings;
import dev.kelpie.app.service.ServiceControl;
import dev.kelpie.app.service.Version;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Surroundings for commands that must not come as far as the engine.
public final class FakeSurroundings {
    private FakeSurroundings() {}

    public static Surroundings withoutEngine() {
        return new Surroundings(
                () -> {
                    throw new IllegalStateException("no engine here");
                },
                new Idle(),
                new Version("1.2.3", Instant.EPOCH, ""),
                InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z")),
                Path.of("/run/kelpie/kelpie.sock"),
                Path.of("/run/kelpie/service.log"),
                List::of);
    }

    private static final class Idle implements ServiceControl {
        @Override
        public void idleTime(Duration time) {}

        @Override
        public Duration idleTime() {
            return Duration.ZERO;
        }

        @Override
        public void stop() {}
    }
}
