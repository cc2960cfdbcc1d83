package dev.kelpie.quadlet.unit;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Splits a value into words: at white space, quotes hold a word together and are taken away. An
/// empty pair of quotes is an empty word.
final class Words {
    private final String text;
    private final boolean escapes;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private int at;

    private Words(String text, boolean escapes) {
        this.text = text;
        this.escapes = escapes;
    }

    /// The words of a list: a backslash is a backslash.
    ///
    /// @throws WordsException when a quote is not closed
    static List<String> ofList(String text) throws WordsException {
        return new Words(text, false).split();
    }

    /// The words of a command line, as `ExecStart=` has them: C escapes count, inside quotes and
    /// outside; a quote or backslash left open ends with the text.
    ///
    /// @throws WordsException when there is an escape that systemd does not know
    static List<String> ofCommand(String text) throws WordsException {
        return new Words(text, true).split();
    }

    private List<String> split() throws WordsException {
        boolean begun = false;
        char quote = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (escapes && c == '\\') {
                escape();
                begun = true;
            } else if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                begun = true;
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                if (begun) {
                    end();
                }
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (quote != 0 && !escapes) {
            throw new WordsException("unbalanced quote");
        }
        if (begun) {
            end();
        }
        return words;
    }

    private void end() {
        words.add(word.toString());
        word.setLength(0);
    }

    private void escape() throws WordsException {
        if (at >= text.length()) {
            return;
        }
        char c = text.charAt(at++);
        switch (c) {
            case 'a' -> word.append('\u0007');
            case 'b' -> word.append('\b');
            case 'f' -> word.append('\f');
            case 'n' -> word.append('\n');
            case 'r' -> word.append('\r');
            case 't' -> word.append('\t');
            case 'v' -> word.append('\u000b');
            case 's' -> word.append(' ');
            case '\\', '"', '\'' -> word.append(c);
            case 'u' -> codePoint(4);
            case 'U' -> codePoint(8);
            case 'x', '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at -= 2;
                bytes();
            }
            default -> throw new WordsException("unsupported escape char '" + c + "'");
        }
    }

    private void codePoint(int digits) throws WordsException {
        long value = number(digits, 16);
        if (value == 0 || value > Character.MAX_CODE_POINT || (value >= 0xD800 && value < 0xE000)) {
            throw unsupported();
        }
        word.appendCodePoint((int) value);
    }

    /// `\xHH` and `\OOO` are bytes; neighbours may be one character of UTF-8 together.
    private void bytes() throws WordsException {
        var bytes = ByteBuffer.allocate(text.length());
        while (at + 1 < text.length() && text.charAt(at) == '\\' && isByte(text.charAt(at + 1))) {
            boolean hex = text.charAt(at + 1) == 'x';
            at += hex ? 2 : 1;
            long value = hex ? number(2, 16) : number(3, 8);
            if (value == 0 || value > 255) {
                throw unsupported();
            }
            bytes.put((byte) value);
        }
        bytes.flip();
        try {
            word.append(StandardCharsets.UTF_8.newDecoder().decode(bytes.duplicate()));
        } catch (CharacterCodingException _) { // no UTF-8: what else could it be
            word.append(StandardCharsets.ISO_8859_1.decode(bytes));
        }
    }

    private static boolean isByte(char c) {
        return c == 'x' || (c >= '0' && c <= '7');
    }

    private long number(int digits, int radix) throws WordsException {
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = at < text.length() ? Character.digit(text.charAt(at++), radix) : -1;
            if (digit < 0) {
                throw unsupported();
            }
            value = value * radix + digit;
        }
        return value;
    }

    private static WordsException unsupported() {
        return new WordsException("unsupported escape char");
    }
}
