package dev.kelpie.engine;

/// What became of one path from one tree of files to another.
public record Change(Kind kind, String path) {

    /// In the words of `diff`.
    public enum Kind {
        ADDED('A'),
        CHANGED('C'),
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
