package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import dev.kelpie.runtime.FileAccessException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// A process that does nothing but be there, in the namespaces of a pod: what others call the pause
/// or infra process. It has root's id and no capability, and can never get one.
///
/// It is born by a thread that went there and gave up its privileges first, so that nothing but the
/// program itself has to be executed. It outlives us.
public final class PauseProcess {

    private static final int PR_CAPBSET_DROP = 24;
    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int CAPABILITY_VERSION_3 = 0x20080522;

    private PauseProcess() {}

    /// Starts one.
    ///
    /// @param namespaces a folder as `NamespaceFiles` makes it
    /// @param program that sleeps until a signal ends it, with its arguments
    /// @param born told of it before it becomes that program; it ends if this throws, and if we die
    ///   before this has returned
    public static void start(Path namespaces, List<String> program, Consumer<ProcessIdentity> born)
            throws InterruptedException {
        try (var gate = StartPipe.open();
                var nothing = Fd.open(Path.of("/dev/null"), Fd.O_RDWR, 0)) {
            var child =
                    LeavingThread.run(
                            "pause " + namespaces,
                            () -> {
                                NamespaceFiles.join(namespaces);
                                giveUpPrivileges();
                                return spawn(program, List.of(gate.childEnd(), nothing, nothing));
                            });
            gate.childEnd().close();
            born.accept(
                    ProcessIdentity.of(child.pid())
                            .orElseThrow(() ->
                                    new FileAccessException(
                                            "'" + program.getFirst() + "' ended at once")));
            gate.go();
        }
    }

    /// The shell waits for our word, which an end of file is not.
    private static ChildProcess spawn(List<String> program, List<Fd> descriptors) {
        var words = new ArrayList<>(List.of("/bin/sh", "-c"));
        words.add("read -r word; [ \"$word\" ] && exec \"$@\" </dev/null");
        words.add("pause");
        words.addAll(program);
        try {
            return ChildProcess.startSession(words, Map.of(), Path.of("/"), descriptors);
        } catch (IOException e) {
            throw new FileAccessException("cannot start '" + program.getFirst() + "'", e);
        }
    }

    private static void giveUpPrivileges() {
        var none = new NativeLong(0);
        try {
            LibC.prctl(PR_SET_NO_NEW_PRIVS, new NativeLong(1), none, none, none);
            for (int capability = 0; capability < Long.SIZE; capability++) {
                if (!dropFromBounds(capability)) {
                    break;
                }
            }
            Calls.capset(new int[] {CAPABILITY_VERSION_3, 0}, new int[6]);
        } catch (LastErrorException e) {
            throw Errno.failed("give up capabilities", "pause", e);
        }
    }

    /// False when the kernel has no capability of this number.
    private static boolean dropFromBounds(int capability) {
        var none = new NativeLong(0);
        try {
            LibC.prctl(PR_CAPBSET_DROP, new NativeLong(capability), none, none, none);
            return true;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.EINVAL) {
                return false;
            }
            throw e;
        }
    }

    private static final class Calls {
        static {
            Native.register(Calls.class, "c");
        }

        /// Of the calling thread; `data` has effective, permitted and inheritable twice, 32 bits
        /// each, see capset(2).
        static native int capset(int[] header, int[] data) throws LastErrorException;
    }
}
