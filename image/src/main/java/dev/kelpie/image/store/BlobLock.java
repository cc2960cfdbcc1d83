package dev.kelpie.image.store;

/// A lock that is given back by closing.
@FunctionalInterface
public interface BlobLock extends AutoCloseable {
    @Override
    void close();
}
