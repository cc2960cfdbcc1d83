package dev.kelpie.app.service;

import dev.kelpie.runtime.LockHeldException;
import dev.kelpie.runtime.kernel.LockFile;
import dev.kelpie.runtime.kernel.UserNamespace;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// The service's place on this host: its directories, its locks, its pid file. While it is held no
/// other service runs for the same root or the same run root.
public final class ServicePlace implements AutoCloseable {
    private static final int TRIES = 200;
    private static final int MILLIS_BETWEEN = 50;
    private static final int OTHERS_WRITE = 02;
    private static final int STICKY = 01000;

    private final LockFile rootLock;
    private final LockFile runLock;

    private ServicePlace(LockFile rootLock, LockFile runLock) {
        this.rootLock = rootLock;
        this.runLock = runLock;
    }

    /// Makes the directories and takes the locks; waits up to 10 s for a service that is just
    /// leaving. Empty when another service answers on the socket: then there is nothing to do.
    ///
    /// @throws ServiceException when the place cannot be made or is held by one that does not
    ///   answer
    public static Optional<ServicePlace> take(ServiceOptions options) throws InterruptedException {
        makeDirectory(options.root());
        makeDirectory(options.runRoot());
        for (int i = 0; i < TRIES; i++) {
            try {
                return Optional.of(lock(options));
            } catch (LockHeldException e) {
                if (answers(options.socket())) {
                    return Optional.empty();
                }
                Thread.sleep(MILLIS_BETWEEN);
            }
        }
        throw new ServiceException(
                "another process holds '%s' or '%s' and does not answer on '%s'"
                        .formatted(options.lockFile(), options.runLockFile(), options.socket()));
    }

    @Override
    public void close() {
        runLock.close();
        rootLock.close();
    }

    private static ServicePlace lock(ServiceOptions options) {
        var rootLock = LockFile.take(options.lockFile());
        try {
            var place = new ServicePlace(rootLock, LockFile.take(options.runLockFile()));
            settle(options);
            return place;
        } catch (RuntimeException e) {
            rootLock.close();
            throw e;
        }
    }

    /// We hold the locks, so a socket that is still there is a dead service's.
    private static void settle(ServiceOptions options) {
        try {
            makeDirectory(options.socket().resolveSibling("."));
            Files.deleteIfExists(options.socket());
            Files.writeString(options.pidFile(), ProcessHandle.current().pid() + "\n");
        } catch (IOException e) {
            throw new ServiceException("cannot settle in '" + options.runRoot() + "': " + e, e);
        }
    }

    private static void makeDirectory(Path directory) {
        try {
            if (Files.isDirectory(directory)) {
                requireOurs(directory);
            } else {
                Files.createDirectories(
                        directory,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new ServiceException("cannot make directory '" + directory + "': " + e, e);
        }
    }

    /// In a directory that others may write to, the socket could be replaced by theirs, and a link
    /// put in the place of any file.
    private static void requireOurs(Path directory) throws IOException {
        int owner = (Integer) Files.getAttribute(directory, "unix:uid");
        int ours = UserNamespace.userId();
        if (owner != ours && owner != 0) {
            throw new ServiceException(
                    "directory '" + directory + "' belongs to user " + owner + ", not to " + ours);
        }
        int mode = (Integer) Files.getAttribute(directory, "unix:mode");
        if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
            throw new ServiceException(
                    "everybody may write to directory '"
                            + directory
                            + "'; say: chmod o-w "
                            + directory);
        }
    }

    /// One request of our own, so that the gate at the socket stands before anybody else comes
    /// (`ConnectionGate`).
    public static void callSelf(Path socket) throws IOException {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            var request = "GET /_ping HTTP/1.1\r\nHost: kelpie\r\nConnection: close\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            channel.read(ByteBuffer.allocate(1024));
        }
    }

    private static boolean answers(Path socket) {
        try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
