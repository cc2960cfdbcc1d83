package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import dev.kelpie.runtime.FileAccessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Memory of this process that is only a view of files: the JVM's code and its class archive. Both
/// are mapped once, for good.
public final class CleanPages {

    private static final int MADV_DONTNEED = 4;
    private static final int MADV_NOHUGEPAGE = 15;
    private static final Pattern HEAD =
            Pattern.compile(
                    "([0-9a-f]+)-([0-9a-f]+) (\\S{4}) [0-9a-f]+ [0-9a-f:]+ \\d+(?: +(.*))?");
    private static final Pattern OURS = Pattern.compile("/.*(/libjvm\\.so|\\.aot|\\.jsa)");

    private CleanPages() {}

    /// Gives back those that were never written, see madvise(2): the page cache still has them, and
    /// whoever needs one gets it again from there.
    public static void release() {
        var view = Optional.<Range>empty();
        try {
            for (var line : Files.readAllLines(Path.of("/proc/self/smaps"))) {
                var head = HEAD.matcher(line);
                if (head.matches()) {
                    view = Optional.of(head).filter(CleanPages::isView).map(Range::of);
                } else if (line.matches("Anonymous: .*") && !line.endsWith(" 0 kB")) {
                    view = Optional.empty();
                } else if (line.matches("Swap: +0 kB")) {
                    view.ifPresent(CleanPages::release);
                }
            }
        } catch (IOException e) {
            throw new FileAccessException("cannot read '/proc/self/smaps'", e);
        }
    }

    private record Range(NativeLong start, NativeLong length) {
        static Range of(MatchResult head) {
            var start = Long.parseUnsignedLong(head.group(1), 16);
            var end = Long.parseUnsignedLong(head.group(2), 16);
            return new Range(new NativeLong(start), new NativeLong(end - start));
        }
    }

    /// Such as nobody may write to.
    private static boolean isView(MatchResult head) {
        return head.group(3).matches("r-[-x]p")
                && head.group(4) != null
                && OURS.matcher(head.group(4)).matches();
    }

    /// In small pieces from now on: where the page cache holds two megabytes together, one byte
    /// would bring them all back.
    private static void release(Range range) {
        try {
            LibC.madvise(range.start(), range.length(), MADV_NOHUGEPAGE);
        } catch (LastErrorException _) {
            // a kernel without huge pages
        }
        try {
            LibC.madvise(range.start(), range.length(), MADV_DONTNEED);
        } catch (LastErrorException e) {
            throw Errno.failed("madvise", range.start().toString(), e);
        }
    }
}
