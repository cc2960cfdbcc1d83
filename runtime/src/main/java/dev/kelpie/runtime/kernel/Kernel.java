package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import dev.kelpie.runtime.FileAccessException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/// Facts of the running kernel and of what this process may do.
public final class Kernel {

    private static final int PR_CAPBSET_READ = 23;

    private Kernel() {}

    /// The id of this boot; everything remembered under another one is stale.
    public static String bootId() {
        return line(Path.of("/proc/sys/kernel/random/boot_id"));
    }

    public static String release() {
        return line(Path.of("/proc/sys/kernel/osrelease"));
    }

    /// The capabilities that processes started here can ever have.
    public static Set<Capability> boundingSet() {
        var held = EnumSet.noneOf(Capability.class);
        for (var capability : Capability.values()) {
            if (bounds(capability)) {
                held.add(capability);
            }
        }
        return held;
    }

    private static boolean bounds(Capability capability) {
        var zero = new NativeLong(0);
        try {
            return LibC.prctl(
                            PR_CAPBSET_READ, new NativeLong(capability.number()), zero, zero, zero)
                    == 1;
        } catch (LastErrorException _) {
            return false; // a kernel older than the capability
        }
    }

    /// The soft and hard value of a limit of this process.
    public static Limit limit(LimitKind kind) {
        var both = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
        try {
            LibC.getrlimit(kind.number(), both.array());
            return new Limit(both.getLong(0), both.getLong(8));
        } catch (LastErrorException e) {
            throw Errno.failed("getrlimit", kind.name(), e);
        }
    }

    /// Unsigned: -1 is unlimited.
    public record Limit(long soft, long hard) {}

    private static String line(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new FileAccessException("cannot read '" + file + "'", e);
        }
    }
}
