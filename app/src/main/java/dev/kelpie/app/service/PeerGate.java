package dev.kelpie.app.service;

import dev.kelpie.app.session.CappedLog;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Says who may call: the user the service runs as, and root (`unix(7)`, `SO_PEERCRED`). The
/// socket's mode says the same; this holds also when somebody has loosened it.
public final class PeerGate {
    private static final CappedLog REFUSED =
            new CappedLog(System.getLogger(PeerGate.class.getName()));

    private final int owner;

    PeerGate(int owner) {
        this.owner = owner;
    }

    /// For the user this process runs as.
    public static PeerGate ofThisProcess() {
        try {
            return new PeerGate((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            throw new ServiceException("cannot tell our own user id", e);
        }
    }

    /// Whether the peer of this connection may call.
    boolean admits(EpollDomainSocketChannel channel) {
        try {
            int uid = channel.peerCredentials().uid();
            if (!admits(uid)) {
                REFUSED.warn("refused a connection of user id " + uid);
                return false;
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    boolean admits(int uid) {
        return uid == owner || uid == 0;
    }
}
