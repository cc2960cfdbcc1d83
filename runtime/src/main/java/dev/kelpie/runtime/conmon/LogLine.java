package dev.kelpie.runtime.conmon;

import java.nio.ByteBuffer;
import java.time.Instant;

/// One line a container wrote, joined from its parts; `text` are its bytes as they came, without
/// the line end, in an array of its own.
///
/// @param complete false for the last line of a container that ended without a line end, or a line
///   cut because it is endless
public record LogLine(
        Instant time, AttachSession.Stream stream, ByteBuffer text, boolean complete) {}
