package dev.kelpie.image.build;

/// One instruction of a Containerfile, its continuation lines joined.
///
/// @param file as named to the build
/// @param line where it begins, from 1
/// @param keyword in upper case
/// @param arguments the rest, as written
record Instruction(String file, int line, String keyword, String arguments) {

    /// As it stands in history and progress.
    String text() {
        return arguments.isEmpty() ? keyword : keyword + " " + arguments;
    }

    /// An error at this place.
    dev.kelpie.image.BuildException error(String message) {
        return new dev.kelpie.image.BuildException(where() + ": " + message);
    }

    dev.kelpie.image.BuildException error(String message, Throwable cause) {
        return new dev.kelpie.image.BuildException(where() + ": " + message, cause);
    }

    /// An error whose cause says it all.
    dev.kelpie.image.BuildException error(Exception cause) {
        return error(String.valueOf(cause.getMessage()), cause);
    }

    String where() {
        return file + ":" + line;
    }
}
