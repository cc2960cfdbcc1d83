package dev.kelpie.kubeplay.report;

/// Text of a manifest as it may be shown in a message: short, and without anything that a terminal
/// would obey.
public final class Shown {

    private static final int LONGEST = 80;

    private Shown() {}

    public static String of(String text) {
        var shown = new StringBuilder();
        var cut = text.length() > LONGEST;
        text.codePoints().limit(LONGEST).forEach(c -> append(shown, c));
        return cut ? shown.append("…").toString() : shown.toString();
    }

    private static void append(StringBuilder shown, int c) {
        switch (c) {
            case '\n' -> shown.append("\\n");
            case '\t' -> shown.append("\\t");
            default -> {
                if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                    shown.append(String.format("\\u%04x", c));
                } else {
                    shown.appendCodePoint(c);
                }
            }
        }
    }
}
