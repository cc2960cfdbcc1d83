package dev.kelpie.engine.spec;

import java.util.Objects;

/// One environment variable, its value fully expanded.
///
/// @param how it goes together with what the image has
public record EnvVar(String name, String value, How how) {
    /// Stands for every name, with [How#TAKEN_AWAY].
    public static final String ALL = "*";

    /// What it does to what was there.
    public enum How {
        /// It takes its place.
        SET,
        /// It goes; there is no value (`--unsetenv`).
        TAKEN_AWAY,
        /// `${NAME}` in its value stands for what the image has (`--env-merge`).
        MERGED
    }

    /// One that takes the place of the image's.
    public EnvVar(String name, String value) {
        this(name, value, How.SET);
    }

    public EnvVar {
        how = Objects.requireNonNullElse(how, How.SET);
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a variable name: '" + name + "'");
        }
    }
}
