package dev.kelpie.engine.state;

import java.time.Instant;

/// The exit code of a container that was removed, kept a while for whoever waits for it.
public record ExitRow(String container, String name, int code, Instant finished) {}
