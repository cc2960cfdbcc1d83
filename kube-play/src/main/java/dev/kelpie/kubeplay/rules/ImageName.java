package dev.kelpie.kubeplay.rules;

import java.util.Optional;
import java.util.regex.Pattern;

/// The rough syntax of an image reference: `[registry/]path[:tag][@digest]`.
///
/// @see <a href="https://github.com/distribution/reference">the reference grammar</a>
final class ImageName {

    private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern PATH = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*");
    private static final Pattern REGISTRY =
            Pattern.compile(
                    "(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9a-fA-F:]+])(?::[0-9]{1,5})?");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final Pattern DIGEST =
            Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");
    private static final Pattern ID = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final int LONGEST = 1000;

    private ImageName() {}

    /// What is wrong with a reference; empty when nothing is.
    static Optional<String> fault(String reference) {
        if (!reference.equals(reference.strip())) {
            return Optional.of("must not begin or end with a blank");
        }
        if (reference.length() > LONGEST) {
            return Optional.of("must be at most " + LONGEST + " characters");
        }
        if (ID.matcher(reference).matches()) {
            return Optional.empty();
        }
        var at = reference.indexOf('@');
        if (at >= 0 && !DIGEST.matcher(reference.substring(at + 1)).matches()) {
            return Optional.of("must have a digest such as sha256:… after '@'");
        }
        return nameFault(at < 0 ? reference : reference.substring(0, at));
    }

    private static Optional<String> nameFault(String name) {
        var colon = name.lastIndexOf(':');
        var tagged = colon > name.lastIndexOf('/');
        if (tagged && !TAG.matcher(name.substring(colon + 1)).matches()) {
            return Optional.of("must have a tag of letters, digits, '_', '.' and '-' after ':'");
        }
        var path = tagged ? name.substring(0, colon) : name;
        var slash = path.indexOf('/');
        var first = slash < 0 ? "" : path.substring(0, slash);
        if (isRegistry(first)) {
            if (!REGISTRY.matcher(first).matches()) {
                return Optional.of("must begin with a registry such as localhost:5000");
            }
            path = path.substring(slash + 1);
        }
        return PATH.matcher(path).matches()
                ? Optional.empty()
                : Optional.of("must be an image reference, its path in lower case");
    }

    private static boolean isRegistry(String first) {
        return first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.equals("localhost")
                || !first.toLowerCase(java.util.Locale.ROOT).equals(first);
    }
}
