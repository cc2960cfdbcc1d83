package dev.kelpie.app.session;

/// A listener's place; closing it takes the listener out.
public interface Registration extends AutoCloseable {
    @Override
    void close();
}
