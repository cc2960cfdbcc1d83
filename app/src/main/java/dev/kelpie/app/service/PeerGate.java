package dev.kelpie.app.service;

import dev.kelpie.app.session.CappedLog;
import dev.kelpie.runtime.kernel.UserNamespace;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import java.io.IOException;

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
        return new PeerGate(UserNamespace.userId());
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
