package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import dev.kelpie.runtime.SystemCallException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The datagram socket on which a service manager hears from its services, see sd_notify(3).
public final class NotifySocket {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_CREDENTIALS = 2;
    private static final int MOST_PATH = 107;

    /// Sizes of struct msghdr, cmsghdr with ucred, and the latter with its padding; cmsg(3).
    private static final int MESSAGE_BYTES = 56;

    private static final int CREDENTIALS_BYTES = 28;
    private static final int CREDENTIALS_SPACE = 32;

    private NotifySocket() {}

    /// Sends one message on behalf of a process, by which the manager knows whose it is. Only root
    /// of the host may speak for others (unix(7), SCM_CREDENTIALS).
    ///
    /// @param address a path, or `@` and a name for an abstract socket
    /// @throws SystemCallException when it cannot be sent
    public static void send(String address, String message, int asPid) {
        var target = address(address);
        try (var fd = new Fd(LibC.socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0))) {
            LibC.connect(fd.number(), target, target.length);
            send(fd, message.getBytes(StandardCharsets.UTF_8), asPid);
        } catch (LastErrorException e) {
            throw Errno.failed("sendmsg", address, e);
        }
    }

    private static void send(Fd fd, byte[] text, int asPid) {
        try (var content = new Memory(Math.max(1, text.length));
                var part = new Memory(16);
                var credentials = new Memory(CREDENTIALS_SPACE);
                var message = new Memory(MESSAGE_BYTES)) {
            content.write(0, text, 0, text.length);
            part.setPointer(0, content);
            part.setLong(8, text.length);
            credentials.clear();
            credentials.setLong(0, CREDENTIALS_BYTES);
            credentials.setInt(8, SOL_SOCKET);
            credentials.setInt(12, SCM_CREDENTIALS);
            credentials.setInt(16, asPid);
            message.clear();
            message.setPointer(16, part);
            message.setLong(24, 1);
            message.setPointer(32, credentials);
            message.setLong(40, CREDENTIALS_SPACE);
            LibC.sendmsg(fd.number(), message, MSG_NOSIGNAL);
        }
    }

    private static byte[] address(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean named = text.startsWith("@") && bytes.length > 1;
        if ((!named && !text.startsWith("/")) || bytes.length > MOST_PATH) {
            throw new IllegalArgumentException("no address of a socket: '" + text + "'");
        }
        var buffer = ByteBuffer.allocate(2 + bytes.length + (named ? 0 : 1));
        buffer.order(ByteOrder.nativeOrder()).putShort((short) AF_UNIX).put(bytes);
        if (named) {
            buffer.put(2, (byte) 0);
        }
        return buffer.array();
    }
}
