package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import dev.kelpie.kubeplay.yaml.Node;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The syntax of names, labels and annotation keys.
///
/// @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">Object
///   names</a>
final class NameRules {

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern DNS_LABEL = Pattern.compile(LABEL);
    private static final Pattern DNS_SUBDOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern QUALIFIED =
            Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
    private static final Pattern PORT_NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int MAX_LABEL = 63;
    private static final int MAX_SUBDOMAIN = 253;
    private static final int MAX_PORT_NAME = 15;

    private final Complaints complaints;

    NameRules(Complaints complaints) {
        this.complaints = complaints;
    }

    static boolean isDnsLabel(String text) {
        return text.length() <= MAX_LABEL && DNS_LABEL.matcher(text).matches();
    }

    static boolean isDnsSubdomain(String text) {
        return text.length() <= MAX_SUBDOMAIN && DNS_SUBDOMAIN.matcher(text).matches();
    }

    static boolean isPortName(String text) {
        return text.length() <= MAX_PORT_NAME
                && PORT_NAME.matcher(text).matches()
                && text.chars().anyMatch(c -> c >= 'a' && c <= 'z');
    }

    void requiredLabel(Mapping object, String key) {
        if (complaints.required(object, key)) {
            label(object, key);
        }
    }

    void label(Mapping object, String key) {
        check(
                object,
                key,
                NameRules::isDnsLabel,
                "must be lower case letters, digits and '-', at most " + MAX_LABEL);
    }

    void requiredSubdomain(Mapping object, String key) {
        if (complaints.required(object, key)) {
            check(
                    object,
                    key,
                    NameRules::isDnsSubdomain,
                    "must be lower case letters, digits, '-' and '.', at most " + MAX_SUBDOMAIN);
        }
    }

    void subdomain(Mapping object, String key) {
        if (object.word(key).isPresent()) {
            requiredSubdomain(object, key);
        }
    }

    /// One that may be a DNS label and, in upper case, the name of a variable.
    void serviceName(Mapping object, String key) {
        check(
                object,
                key,
                text -> isDnsLabel(text) && !Character.isDigit(text.charAt(0)),
                "must be at most 63 lower case letters, digits and '-', and begin with a letter");
    }

    void qualified(Mapping object, String key) {
        check(
                object,
                key,
                NameRules::isQualifiedKey,
                "must be a name of at most 63 letters, digits, '-', '_' and '.', with or without a"
                        + " domain and '/' before it");
    }

    void portName(Mapping object, String key) {
        check(
                object,
                key,
                NameRules::isPortName,
                "must be lower case letters, digits and single '-' with a letter, at most "
                        + MAX_PORT_NAME);
    }

    private void check(Mapping object, String key, Predicate<String> right, String rule) {
        var text = object.word(key);
        if (text.isEmpty() || right.test(text.get())) {
            return;
        }
        var mended = mended(text.get());
        var suggestion = right.test(mended) ? "did you mean '" + mended + "'?" : "";
        complaints.at(object, key, rule + ", was " + Complaints.quoted(text.get()), suggestion);
    }

    private static String mended(String text) {
        return text.length() > MAX_SUBDOMAIN
                ? ""
                : text.strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9.-]+", "-")
                        .replaceAll("^[-.]+|[-.]+$", "");
    }

    /// The labels of an object: keys qualified names, values short words.
    void labels(Mapping object, String key) {
        for (var entry : object.mapping(key).entries().values()) {
            qualifiedKey(entry, entry.key());
            if (entry.value() instanceof Node.Scalar value && !isLabelValue(value)) {
                complaints.at(
                        value,
                        "a label must be at most 63 letters, digits, '-', '_' and '.', and begin"
                                + " and end with a letter or digit, was "
                                + Complaints.quoted(value.text()));
            }
        }
    }

    private static boolean isLabelValue(Node.Scalar value) {
        return value.absent() || value.text().isEmpty() || isQualifiedName(value.text());
    }

    private static boolean isQualifiedName(String text) {
        return text.length() <= MAX_LABEL && QUALIFIED.matcher(text).matches();
    }

    /// The key of an annotation, whose prefix may be written in upper case.
    void annotationKey(Mapping.Entry entry) {
        qualifiedKey(entry, entry.key().toLowerCase(Locale.ROOT));
    }

    private void qualifiedKey(Mapping.Entry entry, String key) {
        if (!isQualifiedKey(key)) {
            complaints.at(
                    entry.value(),
                    "a key must be a name of at most 63 letters, digits, '-', '_' and '.', with or"
                            + " without a domain and '/' before it");
        }
    }

    /// Whether a text may be the key of a label or, in lower case, of an annotation.
    static boolean isQualifiedKey(String key) {
        var slash = key.indexOf('/');
        return slash < 0
                ? isQualifiedName(key)
                : isDnsSubdomain(key.substring(0, slash))
                        && isQualifiedName(key.substring(slash + 1));
    }
}
