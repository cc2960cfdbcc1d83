package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A name in a directory and its type; `UNKNOWN` where the file system does not tell.
public record DirectoryEntry(String name, EntryType type) {

    private static final int BUFFER = 32_768;

    /// Reads a directory from its start: getdents64(2).
    static List<DirectoryEntry> readAll(Fd directory, String about) {
        var entries = new ArrayList<DirectoryEntry>();
        var buffer = new byte[BUFFER];
        try {
            int length;
            do {
                length =
                        LibC.getdents64(directory.number(), buffer, new NativeLong(BUFFER))
                                .intValue();
                parse(buffer, length, entries);
            } while (length > 0);
        } catch (LastErrorException e) {
            throw Errno.failed("read directory", about, e);
        }
        return entries;
    }

    /// `struct linux_dirent64`: inode 8, offset 8, length 2, type 1, name with a NUL.
    private static void parse(byte[] buffer, int length, List<DirectoryEntry> entries) {
        var fields = ByteBuffer.wrap(buffer).order(ByteOrder.nativeOrder());
        for (int at = 0; at < length; ) {
            int size = fields.getShort(at + 16) & 0xFFFF;
            int end = at + 19;
            while (buffer[end] != 0) {
                end++;
            }
            var name = FileName.decode(Arrays.copyOfRange(buffer, at + 19, end));
            if (!name.equals(".") && !name.equals("..")) {
                entries.add(new DirectoryEntry(name, EntryType.ofDirent(buffer[at + 18])));
            }
            at += size;
        }
    }
}
