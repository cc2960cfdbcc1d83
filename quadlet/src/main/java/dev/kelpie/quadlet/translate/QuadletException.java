package dev.kelpie.quadlet.translate;

/// What keeps a unit file from becoming a unit.
sealed class QuadletException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private QuadletException(String message) {
        super(message, null, false, false);
    }

    /// A value that cannot be, or one that is missing.
    static final class BadKeyException extends QuadletException {
        private static final long serialVersionUID = 1;
        private final String key;

        /// @param key whose value is wrong, or which is not there
        BadKeyException(String key, String message) {
            super(message);
            this.key = key;
        }

        @Override
        String key() {
            return key;
        }
    }

    /// A unit that another one names and that is not there, or not usable.
    static final class MissingUnitException extends QuadletException {
        private static final long serialVersionUID = 1;
        private final String key;

        /// @param key that names it
        MissingUnitException(String key, String message) {
            super(message);
            this.key = key;
        }

        @Override
        String key() {
            return key;
        }
    }

    /// The key that the message is about.
    String key() {
        return "";
    }
}
