package dev.kelpie.quadlet.unit;

/// A value that cannot be split into words.
final class WordsException extends Exception {
    private static final long serialVersionUID = 1;

    WordsException(String message) {
        super(message, null, false, false);
    }
}
