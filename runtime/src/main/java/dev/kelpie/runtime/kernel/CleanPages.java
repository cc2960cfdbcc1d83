package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import dev.kelpie.runtime.FileAccessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Memory of this process that is only a view of files: the JVM's code and its class archive. Both
/// are mapped once, for good.
public final class CleanPages {

    private static final int MADV_DONTNEED = 4;
    private static final Pattern HEAD =
            Pattern.compile("([0-9a-f]+)-([0-9a-f]+) (\\S{4}) \\S+ \\S+ \\d+ +(/.*)");
    private static final Pattern OURS = Pattern.compile(".*(/libjvm\\.so|\\.aot|\\.jsa)");

    private CleanPages() {}

    /// Gives back those that were never written, see madvise(2): the page cache still has them, and
    /// whoever needs one gets it again from there.
    public static void release() {
        var start = 0L;
        var length = 0L;
        try {
            for (var line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
                var head = HEAD.matcher(line);
                if (head.matches()) {
                    start = Long.parseUnsignedLong(head.group(1), 16);
                    length = Long.parseUnsignedLong(head.group(2), 16) - start;
                    if (!isView(head.group(3), head.group(4))) {
                        length = 0;
                    }
                } else if (length > 0 && line.matches("Anonymous: +0 kB")) {
                    release(start, length);
                }
            }
        } catch (IOException e) {
            throw new FileAccessException("cannot read '/proc/self/smaps'", e);
        }
    }

    private static boolean isView(String rights, String file) {
        return rights.matches("r-[-x]p") && OURS.matcher(file).matches();
    }

    private static void release(long start, long length) {
        try {
            LibC.madvise(new NativeLong(start), new NativeLong(length), MADV_DONTNEED);
        } catch (LastErrorException e) {
            throw Errno.failed("madvise", Long.toHexString(start), e);
        }
    }
}
