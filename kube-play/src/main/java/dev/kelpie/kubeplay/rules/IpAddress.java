package dev.kelpie.kubeplay.rules;

import java.net.InetAddress;
import java.util.regex.Pattern;

/// The syntax of IP addresses; asks no name server.
final class IpAddress {

    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern V4 = Pattern.compile("(" + BYTE + "\\.){3}" + BYTE);

    private IpAddress() {}

    static boolean valid(String text) {
        if (V4.matcher(text).matches()) {
            return true;
        }
        if (text.indexOf(':') < 0 || text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
            return false;
        }
        try {
            return InetAddress.ofLiteral(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
