package dev.kelpie.app.session;

/// The way to the client: takes whole frames, never blocks, and is silent once closed.
interface Wire {
    void send(byte[] frame);

    /// Sends what was handed over before, then closes.
    void close();
}
