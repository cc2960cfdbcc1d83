package dev.kelpie.app.call;

import java.util.Locale;

/// A column of a listing: its heading and the field of a row that it shows.
public record Column(String heading, String field) {
    /// The heading that a `table` template gives to a field: `CreatedAt` becomes `CREATED AT`.
    static String headingOf(String field) {
        return field.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toUpperCase(Locale.ROOT);
    }
}
