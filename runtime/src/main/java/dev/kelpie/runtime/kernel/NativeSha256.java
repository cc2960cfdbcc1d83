package dev.kelpie.runtime.kernel;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// SHA-256 by the host's libcrypto, which uses the processor's own instructions: the JDK only does
/// so once its second compiler has run, which this service leaves out. Ten times as fast on much
/// content, slower on a few bytes. Not for several threads at once.
public final class NativeSha256 extends MessageDigest {

    /// Of OpenSSL 3, of 1.1, and of whatever a development package links to.
    private static final List<String> LIBRARIES =
            List.of("libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.so");

    /// More than the `SHA256_CTX` of any version, which has 112 bytes.
    private static final int CONTEXT = 256;

    private static final int LENGTH = 32;
    private static final int CHUNK = 1 << 16;

    private final Memory context = new Memory(CONTEXT);
    private final Memory chunk = new Memory(CHUNK);

    private NativeSha256() {
        super("SHA-256");
        Calls.SHA256_Init(context);
    }

    /// Makes such hashes where the library is there and counts right.
    public static Optional<Supplier<MessageDigest>> find() {
        return Calls.WORKS ? Optional.of(NativeSha256::new) : Optional.empty();
    }

    @Override
    protected void engineUpdate(byte input) {
        engineUpdate(new byte[] {input}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int length) {
        for (var done = 0; done < length; ) {
            var count = Math.min(CHUNK, length - done);
            chunk.write(0, input, offset + done, count);
            Calls.SHA256_Update(context, chunk, new NativeLong(count));
            done += count;
        }
    }

    @Override
    protected byte[] engineDigest() {
        Calls.SHA256_Final(chunk, context);
        var digest = chunk.getByteArray(0, LENGTH);
        engineReset();
        return digest;
    }

    @Override
    protected int engineGetDigestLength() {
        return LENGTH;
    }

    @Override
    protected void engineReset() {
        Calls.SHA256_Init(context);
    }

    /// In a class of its own: the library is only loaded when much is to be hashed.
    private static final class Calls {

        static final boolean WORKS = load();

        private Calls() {}

        private static boolean load() {
            for (var library : LIBRARIES) {
                try {
                    Native.register(Calls.class, library);
                    return countsRight();
                } catch (UnsatisfiedLinkError e) {
                    // the next one, or the JDK's own
                }
            }
            return false;
        }

        /// A library that was built without it, or keeps its state otherwise, is none.
        private static boolean countsRight() {
            try (var context = new Memory(CONTEXT);
                    var text = new Memory(LENGTH)) {
                text.write(0, new byte[] {'a', 'b', 'c'}, 0, 3);
                SHA256_Init(context);
                SHA256_Update(context, text, new NativeLong(3));
                SHA256_Final(text, context);
                // FIPS 180-2, appendix B.1
                return text.getInt(0) == Integer.reverseBytes(0xba7816bf)
                        && text.getInt(28) == Integer.reverseBytes(0xf20015ad);
            }
        }

        static native int SHA256_Init(Pointer context);

        static native int SHA256_Update(Pointer context, Pointer data, NativeLong length);

        static native int SHA256_Final(Pointer digest, Pointer context);
    }
}
