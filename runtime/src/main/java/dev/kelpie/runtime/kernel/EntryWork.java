package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// Attributes of one entry, reached through the name of an O_PATH descriptor in /proc, since the
/// plain calls refuse such descriptors.
final class EntryWork {

    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int MOST_XATTR_BYTES = 65_536;

    private EntryWork() {}

    static void apply(Fd fd, EntryType type, EntryAttributes attributes, String about) {
        var call = "chown";
        try {
            LibC.fchownat(
                    fd.number(), new byte[1], attributes.uid(), attributes.gid(), AT_EMPTY_PATH);
            call = "setxattr";
            for (var each : attributes.xattrs().entrySet()) {
                setByLink(fd, type, each.getKey(), each.getValue());
            }
            call = "chmod";
            if (type != EntryType.SYMLINK) {
                changeMode(fd, attributes.mode());
            }
            call = "utimensat";
            var modified = attributes.modified();
            long[] times = {
                modified.getEpochSecond(),
                modified.getNano(),
                modified.getEpochSecond(),
                modified.getNano()
            };
            LibC.utimensat(fd.number(), new byte[1], times, AT_EMPTY_PATH);
        } catch (LastErrorException e) {
            throw Errno.failed(call, about, e);
        }
    }

    static void changeMode(Fd fd, int mode) {
        LibC.fchmodat(Fd.CWD, linkOf(fd), mode & 07777, 0);
    }

    /// The magic link of a symlink's descriptor leads to the symlink itself, which setxattr(2) then
    /// works on.
    private static void setByLink(Fd fd, EntryType type, String name, byte[] value) {
        if (type == EntryType.SYMLINK && name.startsWith("user.")) {
            return; // the kernel has no user attributes on symlinks
        }
        LibC.setxattr(
                linkOf(fd), FileName.terminated(name), value, new NativeLong(value.length), 0);
    }

    static void setExtendedAttribute(Fd parent, byte[] last, String name, byte[] value) {
        LibC.lsetxattr(
                below(parent, last),
                FileName.terminated(name),
                value,
                new NativeLong(value.length),
                0);
    }

    static Map<String, byte[]> extendedAttributes(Fd parent, byte[] last) {
        var path = below(parent, last);
        var all = new TreeMap<String, byte[]>();
        var list = new byte[MOST_XATTR_BYTES];
        int length = LibC.llistxattr(path, list, new NativeLong(list.length)).intValue();
        int start = 0;
        for (int at = 0; at < length; at++) {
            if (list[at] == 0) {
                var name = Arrays.copyOfRange(list, start, at + 1);
                all.put(FileName.decode(Arrays.copyOfRange(list, start, at)), value(path, name));
                start = at + 1;
            }
        }
        return all;
    }

    private static byte[] value(byte[] path, byte[] name) {
        var buffer = new byte[MOST_XATTR_BYTES];
        int length = LibC.lgetxattr(path, name, buffer, new NativeLong(buffer.length)).intValue();
        return Arrays.copyOf(buffer, length);
    }

    private static byte[] linkOf(Fd fd) {
        return FileName.terminated(fd.link().toString());
    }

    private static byte[] below(Fd parent, byte[] last) {
        var prefix = FileName.encode(parent.link() + "/");
        var whole = Arrays.copyOf(prefix, prefix.length + last.length);
        System.arraycopy(last, 0, whole, prefix.length, last.length);
        return whole;
    }
}
