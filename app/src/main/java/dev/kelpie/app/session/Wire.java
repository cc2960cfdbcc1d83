package dev.kelpie.app.session;

import java.util.OptionalInt;

/// The way to the client: takes whole frames, never blocks, and is silent once closed.
interface Wire {
    void send(byte[] frame);

    /// The process of the client; empty when it is not of this host.
    OptionalInt peer();

    /// Sends what was handed over before, then closes.
    void close();
}
