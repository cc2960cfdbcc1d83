package dev.kelpie.app.call;

/// The words for a failure.
public final class Failures {
    private static final int DEEPEST = 8;

    private Failures() {}

    /// The message, with those of the causes that it does not repeat: `outer: inner`.
    public static String text(Throwable failure) {
        var text = new StringBuilder(message(failure));
        var cause = failure.getCause();
        for (int i = 0; cause != null && i < DEEPEST; i++) {
            var inner = cause.getMessage();
            if (inner != null && !inner.isBlank() && text.indexOf(inner.strip()) < 0) {
                text.append(": ").append(inner.strip());
            }
            cause = cause.getCause();
        }
        return text.toString();
    }

    private static String message(Throwable failure) {
        var message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.getClass().getSimpleName()
                : message.strip();
    }
}
