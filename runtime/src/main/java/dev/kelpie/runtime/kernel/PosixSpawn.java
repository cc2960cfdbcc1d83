package dev.kelpie.runtime.kernel;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// posix_spawn(3) of glibc 2.34 or later, which has `addclosefrom_np`. It works like vfork(2): only
/// the calling thread waits, until the program is executed.
final class PosixSpawn {

    private static final int SETSIGDEF = 0x04;
    private static final int SETSIGMASK = 0x08;
    private static final int SETSID = 0x80;
    private static final int SIGSET_BYTES = 128;

    /// More than any architecture's `posix_spawnattr_t` and `posix_spawn_file_actions_t` have.
    private static final int STRUCT_BYTES = 1024;

    private static final Pointer ATTRIBUTES = attributes(SETSIGDEF | SETSIGMASK);
    private static final Pointer IN_SESSION = attributes(SETSIGDEF | SETSIGMASK | SETSID);

    private PosixSpawn() {}

    /// @param session whether it leads a session of its own
    static int start(
            List<String> argv,
            Map<String, String> environment,
            Path directory,
            List<Fd> descriptors,
            boolean session)
            throws IOException {
        var variables = new ArrayList<String>();
        environment.forEach((name, value) -> variables.add(name + "=" + value));
        var pid = new int[1];
        int error;
        try (var actions = new Memory(STRUCT_BYTES);
                var arguments = vector(argv);
                var variablesVector = vector(variables)) {
            Calls.posix_spawn_file_actions_init(actions);
            fill(actions, directory, descriptors);
            error =
                    Calls.posix_spawn(
                            pid,
                            FileName.terminated(argv.getFirst()),
                            actions,
                            session ? IN_SESSION : ATTRIBUTES,
                            arguments,
                            variablesVector);
            Calls.posix_spawn_file_actions_destroy(actions);
        }
        if (error != 0) {
            throw new IOException(Errno.failed("posix_spawn", argv.getFirst(), error).getMessage());
        }
        return pid[0];
    }

    private static void fill(Pointer actions, Path directory, List<Fd> descriptors) {
        Calls.posix_spawn_file_actions_addchdir_np(
                actions, FileName.terminated(directory.toString()));
        int count = descriptors.size();
        for (int i = 0; i < count; i++) {
            // one that stands where another is to come would be overwritten before its turn
            if (descriptors.get(i).number() < count) {
                throw new IllegalStateException("descriptor " + i + " is a standard one of ours");
            }
            Calls.posix_spawn_file_actions_adddup2(actions, descriptors.get(i).number(), i);
        }
        Calls.posix_spawn_file_actions_addclosefrom_np(actions, count);
    }

    /// A vector of C strings and the strings behind it, in one piece.
    private static Memory vector(List<String> words) {
        var texts = words.stream().map(FileName::terminated).toList();
        long strings = (words.size() + 1L) * Native.POINTER_SIZE;
        long length = strings + texts.stream().mapToLong(text -> text.length).sum();
        var vector = new Memory(length);
        long at = strings;
        for (int i = 0; i < texts.size(); i++) {
            vector.setPointer((long) i * Native.POINTER_SIZE, vector.share(at));
            vector.write(at, texts.get(i), 0, texts.get(i).length);
            at += texts.get(i).length;
        }
        vector.setPointer((long) texts.size() * Native.POINTER_SIZE, Pointer.NULL);
        return vector;
    }

    /// No signal blocked and none ignored: the JVM, or who started it, may do both.
    private static Pointer attributes(int flags) {
        var attributes = new Memory(STRUCT_BYTES);
        var all = new byte[SIGSET_BYTES];
        Arrays.fill(all, (byte) 0xff);
        Calls.posix_spawnattr_init(attributes);
        Calls.posix_spawnattr_setsigdefault(attributes, all);
        Calls.posix_spawnattr_setsigmask(attributes, new byte[SIGSET_BYTES]);
        Calls.posix_spawnattr_setflags(attributes, (short) flags);
        return attributes;
    }

    private static final class Calls {
        static {
            Native.register(Calls.class, "c");
        }

        static native int posix_spawn(
                int[] pid,
                byte[] path,
                Pointer actions,
                Pointer attributes,
                Pointer argv,
                Pointer environment);

        static native int posix_spawn_file_actions_init(Pointer actions);

        static native int posix_spawn_file_actions_destroy(Pointer actions);

        static native int posix_spawn_file_actions_addchdir_np(Pointer actions, byte[] path);

        static native int posix_spawn_file_actions_adddup2(Pointer actions, int fd, int as);

        static native int posix_spawn_file_actions_addclosefrom_np(Pointer actions, int from);

        static native int posix_spawnattr_init(Pointer attributes);

        static native int posix_spawnattr_setsigdefault(Pointer attributes, byte[] signals);

        static native int posix_spawnattr_setsigmask(Pointer attributes, byte[] signals);

        static native int posix_spawnattr_setflags(Pointer attributes, short flags);
    }
}
