package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import dev.kelpie.kubeplay.yaml.Node;
import java.util.Base64;
import java.util.regex.Pattern;

/// Rules for objects that are keys with content: ConfigMap and Secret. No message says anything of
/// the content.
final class KeyRules {

    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");
    private static final int MOST_BYTES = 1 << 20;

    private final Complaints complaints;

    KeyRules(Complaints complaints) {
        this.complaints = complaints;
    }

    void configMap(Mapping object) {
        keys(object, "data");
        keys(object, "binaryData");
        base64(object, "binaryData");
        for (var key : object.mapping("binaryData").entries().keySet()) {
            if (object.mapping("data").entries().containsKey(key)) {
                complaints.at(
                        object.mapping("binaryData"),
                        key,
                        "duplicate key "
                                + Complaints.quoted(key)
                                + " present in data and binaryData");
            }
        }
        var bytes = size(object, "data") + size(object, "binaryData");
        if (bytes > MOST_BYTES) {
            complaints.at(
                    object, "data", "must be at most " + MOST_BYTES + " bytes, were " + bytes);
        }
    }

    void secret(Mapping object) {
        keys(object, "data");
        keys(object, "stringData");
        base64(object, "data");
    }

    private static long size(Mapping object, String field) {
        return object.textMap(field).values().stream().mapToLong(String::length).sum();
    }

    private void keys(Mapping object, String field) {
        for (var key : object.mapping(field).entries().keySet()) {
            if (!isKey(key)) {
                complaints.at(
                        object.mapping(field),
                        key,
                        "a key must be at most 253 letters, digits, '-', '_' and '.', and not begin"
                                + " with '..'");
            }
        }
    }

    static boolean isKey(String key) {
        return KEY.matcher(key).matches() && !key.equals(".") && !key.startsWith("..");
    }

    private void base64(Mapping object, String field) {
        for (var entry : object.mapping(field).entries().values()) {
            if (entry.value() instanceof Node.Scalar scalar
                    && !scalar.absent()
                    && !isBase64(scalar.text())) {
                complaints.at(
                        scalar,
                        "must be base64",
                        field.equals("data") ? "plain text belongs in stringData" : "");
            }
        }
    }

    private static boolean isBase64(String text) {
        var bare = text.replaceAll("[\r\n]", "");
        try {
            Base64.getDecoder().decode(bare);
            return bare.length() % 4 == 0;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
