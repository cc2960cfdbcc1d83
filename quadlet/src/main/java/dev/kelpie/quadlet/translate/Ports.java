package dev.kelpie.quadlet.translate;

/// The form of `ExposeHostPort=`: `PORT[-PORT][/PROTOCOL]`.
public final class Ports {
    private static final int MOST = 65535;

    private Ports() {}

    public static boolean isExposable(String port) {
        int slash = port.indexOf('/');
        var range = slash < 0 ? port : port.substring(0, slash);
        if (slash >= 0) {
            var protocol = port.substring(slash + 1);
            if (!protocol.equals("tcp") && !protocol.equals("udp") && !protocol.equals("sctp")) {
                return false;
            }
        }
        int dash = range.indexOf('-');
        return dash < 0
                ? isPort(range)
                : isPort(range.substring(0, dash)) && isPort(range.substring(dash + 1));
    }

    public static boolean isPort(String text) {
        if (text.isEmpty() || text.length() > 5) {
            return false;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            value = value * 10 + c - '0';
        }
        return value >= 1 && value <= MOST;
    }
}
