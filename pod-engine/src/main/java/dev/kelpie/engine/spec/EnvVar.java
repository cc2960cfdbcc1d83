package dev.kelpie.engine.spec;

/// One environment variable, its value fully expanded.
public record EnvVar(String name, String value) {
    public EnvVar {
        if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a variable name: '" + name + "'");
        }
    }
}
