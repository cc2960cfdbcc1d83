package dev.kelpie.app.flag;

import java.util.OptionalLong;

/// `--shm-size`: how much `/dev/shm` holds.
public final class ShmFlag {
    private ShmFlag() {}

    /// In bytes; empty where nothing is said.
    public static OptionalLong parse(String word) {
        if (word.isEmpty()) {
            return OptionalLong.empty();
        }
        long bytes = ByteSize.parse("--shm-size", word);
        if (bytes == 0) {
            throw FlagException.meaning("--shm-size must be more than 0, was \"" + word + "\"");
        }
        return OptionalLong.of(bytes);
    }
}
