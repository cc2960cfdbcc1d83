package dev.kelpie.engine.report;

import java.time.Instant;

/// How a container's last run ended.
///
/// @param exitCode 128+n for signal n; -1 when its monitor was lost and nobody knows
/// @param oomKilled killed by the kernel for want of memory
/// @param error why it could not be started; empty when it ran
public record ContainerEnd(int exitCode, Instant finished, boolean oomKilled, String error) {}
