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
    private static final int SCM_RIGHTS = 1;
    private static final int SCM_CREDENTIALS = 2;
    private static final int MOST_PATH = 107;

    /// Sizes of struct msghdr, cmsghdr with ucred, and the latter with its padding; cmsg(3).
    private static final int MESSAGE_BYTES = 56;

    private static final int CREDENTIALS_BYTES = 28;
    private static final int CREDENTIALS_SPACE = 32;
    private static final int RIGHTS_BYTES = 20;
    private static final int RIGHTS_SPACE = 24;

    /// As long as a manager may take before we go on without its answer.
    private static final int PATIENCE_MILLIS = 2_000;

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
            send(fd, message, credentials(asPid, 0));
        } catch (LastErrorException e) {
            throw Errno.failed("sendmsg", address, e);
        }
    }

    /// Like [#send], and returns when the manager has read it (sd_notify_barrier(3)) or has not
    /// done so for long: it closes the pipe that comes with a second message.
    public static void sendAndWait(String address, String message, int asPid) {
        var target = address(address);
        try (var fd = new Fd(LibC.socket(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0));
                var pipe = PipeEnds.open()) {
            LibC.connect(fd.number(), target, target.length);
            send(fd, message, credentials(asPid, 0));
            var control = credentials(asPid, RIGHTS_SPACE);
            control.setLong(CREDENTIALS_SPACE, RIGHTS_BYTES);
            control.setInt(CREDENTIALS_SPACE + 8, SOL_SOCKET);
            control.setInt(CREDENTIALS_SPACE + 12, SCM_RIGHTS);
            control.setInt(CREDENTIALS_SPACE + 16, pipe.writing().number());
            send(fd, "BARRIER=1", control);
            pipe.writing().close();
            pipe.reading().poll(Fd.POLLHUP, PATIENCE_MILLIS);
        } catch (LastErrorException e) {
            throw Errno.failed("sendmsg", address, e);
        }
    }

    /// Control data that say whose words these are, with `more` bytes of room behind.
    private static Memory credentials(int asPid, int more) {
        var control = new Memory(CREDENTIALS_SPACE + more);
        control.clear();
        control.setLong(0, CREDENTIALS_BYTES);
        control.setInt(8, SOL_SOCKET);
        control.setInt(12, SCM_CREDENTIALS);
        control.setInt(16, asPid);
        return control;
    }

    private static void send(Fd fd, String words, Memory control) {
        var text = words.getBytes(StandardCharsets.UTF_8);
        try (var content = new Memory(Math.max(1, text.length));
                var part = new Memory(16);
                var message = new Memory(MESSAGE_BYTES);
                control) {
            content.write(0, text, 0, text.length);
            part.setPointer(0, content);
            part.setLong(8, text.length);
            message.clear();
            message.setPointer(16, part);
            message.setLong(24, 1);
            message.setPointer(32, control);
            message.setLong(40, control.size());
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
