package dev.kelpie.runtime.conmon;

import java.time.Instant;

/// How a container ended, as conmon wrote it down; `code` is 128 + n for signal n, -1 for a conmon
/// timeout.
public record ExitStatus(int code, Instant finishedAt, boolean oomKilled) {}
