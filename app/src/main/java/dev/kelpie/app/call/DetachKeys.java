package dev.kelpie.app.call;

import dev.kelpie.app.flag.FlagException;
import java.io.ByteArrayOutputStream;

/// Finds the keys that let go of a container in what is typed. Keys that only begin the sequence
/// are held back until the next one shows what was meant.
final class DetachKeys {
    private final byte[] sequence;
    private int matched;

    private DetachKeys(byte[] sequence) {
        this.sequence = sequence;
    }

    /// From `ctrl-p,ctrl-q` and the like; an empty text lets nothing detach.
    static DetachKeys parse(String text) {
        var keys = new ByteArrayOutputStream();
        if (!text.isEmpty()) {
            for (var key : text.split(",", -1)) {
                keys.write(key(key, text));
            }
        }
        return new DetachKeys(keys.toByteArray());
    }

    private static int key(String key, String text) {
        if (key.length() == 1) {
            return key.charAt(0);
        }
        if (key.length() == 6 && key.startsWith("ctrl-")) {
            int control = "@abcdefghijklmnopqrstuvwxyz[\\]^_".indexOf(key.charAt(5));
            if (control >= 0) {
                return control;
            }
        }
        throw FlagException.meaning("invalid detach keys \"" + text + "\"");
    }

    /// What may be passed on of the bytes that were typed; after the whole sequence nothing is.
    byte[] pass(byte[] typed, int length) {
        var passed = new ByteArrayOutputStream();
        for (int i = 0; i < length && !complete(); i++) {
            if (sequence.length > 0 && typed[i] == sequence[matched]) {
                matched++;
                continue;
            }
            passed.write(sequence, 0, matched);
            matched = sequence.length > 0 && typed[i] == sequence[0] ? 1 : 0;
            if (matched == 0) {
                passed.write(typed[i]);
            }
        }
        return passed.toByteArray();
    }

    /// Whether the whole sequence was typed.
    boolean complete() {
        return sequence.length > 0 && matched == sequence.length;
    }
}
