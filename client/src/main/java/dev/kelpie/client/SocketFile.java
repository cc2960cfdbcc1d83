package dev.kelpie.client;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/// The file of a socket we listen at, told from others that come to lie in its place.
///
/// @param key device and inode, as the JDK names them
record SocketFile(Path path, Object key) {

    static SocketFile at(Path path) throws IOException {
        return new SocketFile(path, Objects.requireNonNull(attributes(path).fileKey()));
    }

    /// Puts it where nothing lies yet, or a socket that nobody listens at any more.
    ///
    /// @throws ClientException when there is something else
    SocketFile moveTo(Path address) throws IOException {
        try {
            if (!attributes(address).isOther()) {
                throw new ClientException("cannot serve on '" + address + "': it is no socket");
            }
            if (answers(address)) {
                throw new ClientException("cannot serve on '" + address + "': another one does");
            }
        } catch (NoSuchFileException _) {
            // as it should be
        }
        Files.move(path, address, StandardCopyOption.ATOMIC_MOVE);
        return new SocketFile(address, key);
    }

    private static boolean answers(Path address) {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(address))) {
            return channel.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    /// Takes it away unless another one lies there by now.
    void delete() throws IOException {
        try {
            if (key.equals(attributes(path).fileKey())) {
                Files.delete(path);
            }
        } catch (NoSuchFileException _) {
            // somebody else has
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
