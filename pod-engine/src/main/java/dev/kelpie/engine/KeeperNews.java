package dev.kelpie.engine;

/// Hears which process keeps a container: conmon, which ends with its exit code.
@FunctionalInterface
public interface KeeperNews {
    void isKeptBy(int process) throws InterruptedException;
}
