package dev.kelpie.engine.report;

/// A file of a container that is not as in its image.
///
/// @param path absolute, in the container
public record FileChange(Kind kind, String path) {

    /// What became of it; the letters are Docker's.
    public enum Kind {
        CHANGED('C'),
        ADDED('A'),
        DELETED('D');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        public char letter() {
            return letter;
        }
    }
}
