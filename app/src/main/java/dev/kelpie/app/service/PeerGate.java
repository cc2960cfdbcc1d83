package dev.kelpie.app.service;

import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import dev.kelpie.app.session.CappedLog;
import dev.kelpie.runtime.kernel.UserNamespace;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// Says who may call: the user the service runs as, and root (`unix(7)`, `SO_PEERCRED`). The
/// socket's mode says the same; this holds also when somebody has loosened it.
///
/// In a user namespace the host's root is nobody, as all are who have no id there. Who is nobody
/// and came through a socket that is its owner's alone had the power to: only root has.
public final class PeerGate {
    private static final CappedLog REFUSED =
            new CappedLog(System.getLogger(PeerGate.class.getName()));

    /// What is not mapped is called, see user_namespaces(7).
    private static final int NOBODY = 65_534;

    private final int owner;
    private final boolean knowsAll;

    /// @param owner the user the service runs as
    /// @param knowsAll all users have ids here: this is the host's first user namespace
    PeerGate(int owner, boolean knowsAll) {
        this.owner = owner;
        this.knowsAll = knowsAll;
    }

    /// For the user this process runs as.
    public static PeerGate ofThisProcess() {
        return new PeerGate(UserNamespace.userId(), UserNamespace.isInitial());
    }

    /// Whether the peer of this connection may call.
    boolean admits(EpollDomainSocketChannel channel) {
        try {
            int uid = channel.peerCredentials().uid();
            if (!admits(uid, Path.of(channel.localAddress().path()))) {
                REFUSED.warn("refused a connection of user id " + uid);
                return false;
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    boolean admits(int uid, Path socket) throws IOException {
        return uid == owner || uid == 0 || (!knowsAll && uid == NOBODY && isTheOwnersAlone(socket));
    }

    private boolean isTheOwnersAlone(Path socket) throws IOException {
        return Set.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE)
                        .containsAll(Files.getPosixFilePermissions(socket))
                && Files.getAttribute(socket, "unix:uid").equals(owner);
    }
}
