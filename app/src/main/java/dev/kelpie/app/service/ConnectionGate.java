package dev.kelpie.app.service;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Stands at the listening socket and sees each connection before a byte of it is read: strangers
/// are cut off, and who is connected but has no request or session under way may neither stay for
/// long nor be many; the one that waits longest makes room for a new one.
///
/// A byte an hour does not count as a request: only its whole header does.
public final class ConnectionGate extends ChannelInboundHandlerAdapter {
    /// Connections without a request or session under way.
    static final int MOST_WAITING = 256;

    private final PeerGate peers;
    private final long waitMillis;
    private final Map<Channel, Long> waiting = new LinkedHashMap<>();
    private boolean sweeping;
    private boolean installed;

    /// @param waitMillis how long a connection may be without a request
    public ConnectionGate(PeerGate peers, long waitMillis) {
        this.peers = peers;
        this.waitMillis = waitMillis;
    }

    /// Whether this connection's request may be answered. The first one, which is the service's
    /// own, shows the way to the listening socket.
    public boolean admits(HttpConnection connection) {
        if (!(connection instanceof ConnectionBase base)
                || !(base.channel() instanceof EpollDomainSocketChannel channel)
                || !peers.admits(channel)) {
            return false;
        }
        install(channel);
        return true;
    }

    /// From now on it does not wait: its request is being answered, or its session has started.
    public void begins(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            forget(base.channel());
        }
    }

    /// The connection's request is answered: it waits for the next.
    public void answered(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            await(base.channel());
        }
    }

    private synchronized void install(EpollDomainSocketChannel channel) {
        var listening = channel.parent();
        if (!installed && listening != null) {
            installed = true;
            listening.pipeline().addFirst("kelpie-gate", this);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) throws Exception {
        if (accepted instanceof EpollDomainSocketChannel channel) {
            if (!peers.admits(channel)) {
                channel.unsafe().closeForcibly();
                return;
            }
            super.channelRead(context, accepted);
            var _ = channel.closeFuture().addListener(_ -> forget(channel));
            await(channel);
        } else {
            super.channelRead(context, accepted);
        }
    }

    private void await(Channel channel) {
        var leaving = new ArrayList<Channel>();
        boolean first;
        synchronized (this) {
            waiting.remove(channel);
            waiting.put(channel, System.nanoTime());
            var oldest = waiting.keySet().iterator();
            while (waiting.size() > MOST_WAITING && oldest.hasNext()) {
                leaving.add(oldest.next());
                oldest.remove();
            }
            first = !sweeping;
            sweeping = true;
        }
        close(leaving);
        if (first) {
            sweepIn(channel.parent() == null ? channel : channel.parent(), waitMillis);
        }
    }

    private static void close(List<Channel> channels) {
        for (var each : channels) {
            var _ = each.close();
        }
    }

    private void sweepIn(Channel listening, long millis) {
        var _ = listening.eventLoop().schedule(() -> sweep(listening), millis, MILLISECONDS);
    }

    /// Closes who has waited too long; comes again when the next one will have.
    private void sweep(Channel listening) {
        var leaving = new ArrayList<Channel>();
        long next = -1;
        synchronized (this) {
            var oldest = waiting.entrySet().iterator();
            while (next < 0 && oldest.hasNext()) {
                var each = oldest.next();
                long left = waitMillis - (System.nanoTime() - each.getValue()) / 1_000_000;
                if (left > 0) {
                    next = left;
                } else {
                    leaving.add(each.getKey());
                    oldest.remove();
                }
            }
            sweeping = next > 0;
        }
        close(leaving);
        if (next > 0) {
            sweepIn(listening, next);
        }
    }

    private synchronized void forget(Channel channel) {
        waiting.remove(channel);
    }
}
