package dev.kelpie.runtime.network;

/// Where a backend reads what should exist: the engine's store. Asked inside the backend's lock, so
/// the newest intent wins however many plays run at once.
@FunctionalInterface
public interface NetworkIntent {

    /// Everything that should exist now; pods being removed are not in it any more.
    NetworkState desired();
}
