package dev.kelpie.engine;

import java.util.Map;

/// A secret to be made.
///
/// @param content its bytes; the caller may wipe them afterwards
/// @param ifThere what to do when the name is taken
@SuppressWarnings("ArrayRecordComponent") // bytes to be wiped by the caller
public record NewSecret(
        String name, byte[] content, Map<String, String> labels, Collision ifThere) {

    /// What becomes of a secret of the same name.
    public enum Collision {
        /// It stays, and that is an error.
        REFUSE,
        /// It gives way.
        REPLACE,
        /// It stays, and that is fine.
        KEEP
    }

    public NewSecret {
        labels = Map.copyOf(labels);
    }

    /// Without the content.
    @Override
    public String toString() {
        return "NewSecret[name=" + name + "]";
    }
}
