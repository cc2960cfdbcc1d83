package dev.kelpie.engine.spec;

/// The first twelve digits of an id, as people see and type it.
public final class ShortId {
    private static final int LENGTH = 12;

    private ShortId() {}

    /// Of an id that is shorter already: all of it.
    public static String of(String id) {
        return id.length() > LENGTH ? id.substring(0, LENGTH) : id;
    }
}
