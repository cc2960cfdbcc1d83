package dev.kelpie.client;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/// Puts what Java says of a failed file operation back into the system's words.
final class FileErrors {
    static final String NOT_FOUND = "no such file or directory";

    private FileErrors() {}

    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return NOT_FOUND;
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NotDirectoryException) {
            return "not a directory";
        }
        var text = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return text == null ? "input/output error" : text.toLowerCase(Locale.ROOT);
    }
}
