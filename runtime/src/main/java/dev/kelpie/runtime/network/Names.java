package dev.kelpie.runtime.network;

/// What may stand in names that end up in rules, file names and commands.
final class Names {

    private Names() {}

    /// An interface name: letters, digits, `_`, `.` and `-`, at most 15 characters (IFNAMSIZ - 1).
    static boolean isInterface(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,14}");
    }

    /// Names of networks and ids of owners.
    static boolean isName(String text) {
        return text.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,252}");
    }

    /// A name DNS can answer to: what aardvark-dns's line format can carry.
    static boolean isDnsName(String text) {
        return text.matches("[A-Za-z0-9_]([A-Za-z0-9_.-]{0,252})");
    }
}
