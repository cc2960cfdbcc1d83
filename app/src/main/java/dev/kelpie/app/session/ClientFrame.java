package dev.kelpie.app.session;

import java.nio.ByteBuffer;
import java.util.List;

/// A frame that a client sends, checked.
sealed interface ClientFrame {
    record Start(StartRequest request) implements ClientFrame {}

    record Bytes(int stream, ByteBuffer bytes) implements ClientFrame {}

    /// The end of a stream; an empty reason when it simply ended.
    record End(int stream, String reason) implements ClientFrame {}

    record Credit(int stream, int bytes) implements ClientFrame {}

    record Signalled(Signal signal) implements ClientFrame {}

    record Resized(TerminalSize size) implements ClientFrame {}

    record Opened(int request) implements ClientFrame {}

    record Refused(int request, String reason) implements ClientFrame {}

    record Listing(int request, boolean last, List<ClientFile> files) implements ClientFrame {}
}
