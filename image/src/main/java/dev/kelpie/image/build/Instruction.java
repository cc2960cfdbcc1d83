package dev.kelpie.image.build;

import dev.kelpie.image.BuildException;
import java.util.List;

/// One instruction of a Containerfile, its continuation lines joined.
///
/// @param file as named to the build
/// @param line where it begins, from 1
/// @param keyword in upper case
/// @param arguments the rest, as written
/// @param heredocs that its line opens, in order
/// @param escape the file's escape character
record Instruction(
        String file,
        int line,
        String keyword,
        String arguments,
        List<Heredoc> heredocs,
        char escape) {

    Instruction {
        heredocs = List.copyOf(heredocs);
    }

    Instruction(String file, int line, String keyword, String arguments) {
        this(file, line, keyword, arguments, List.of(), '\\');
    }

    /// As it stands in history and progress.
    String text() {
        return arguments.isEmpty() ? keyword : keyword + " " + arguments;
    }

    /// An error at this place.
    BuildException error(String message) {
        return new BuildException(where() + ": " + message);
    }

    BuildException error(String message, Throwable cause) {
        return new BuildException(where() + ": " + message, cause);
    }

    /// An error whose cause says it all.
    BuildException error(Exception cause) {
        return error(String.valueOf(cause.getMessage()), cause);
    }

    String where() {
        return file + ":" + line;
    }

    boolean is(String... keywords) {
        return List.of(keywords).contains(keyword);
    }
}
