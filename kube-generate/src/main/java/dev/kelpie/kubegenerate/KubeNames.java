package dev.kelpie.kubegenerate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Names that Kubernetes takes, made of those that it does not; the same name always becomes the
/// same, two names never become one.
///
/// @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">Object
///   names</a>
final class KubeNames {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern QUALIFIED =
            Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST = 253;

    private final boolean dots;
    private final Map<String, String> given = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    private KubeNames(boolean dots) {
        this.dots = dots;
    }

    /// Of containers and volumes: no dots.
    static KubeNames labels() {
        return new KubeNames(false);
    }

    /// Of objects: dots may be in them.
    static KubeNames subdomains() {
        return new KubeNames(true);
    }

    /// Keeps these names for those who have them rightly.
    KubeNames reserve(Iterable<String> names) {
        for (var name : names) {
            if (fits(name)) {
                given.put(name, name);
                taken.add(name);
            }
        }
        return this;
    }

    String fit(String name) {
        return given.computeIfAbsent(name, this::unused);
    }

    private String unused(String name) {
        var base = fits(name) ? name : mended(name);
        var candidate = base;
        for (int i = 2; !taken.add(candidate); i++) {
            candidate = cut(base, longest() - 5) + "-" + i;
        }
        return candidate;
    }

    private int longest() {
        return dots ? LONGEST : LONGEST_LABEL;
    }

    private boolean fits(String name) {
        return dots ? isSubdomain(name) : isLabel(name);
    }

    /// Underscores go, as in Podman; anything else becomes a dash.
    private String mended(String name) {
        var mended =
                name.toLowerCase(Locale.ROOT)
                        .replace("_", "")
                        .replaceAll(dots ? "[^-.a-z0-9]+" : "[^-a-z0-9]+", "-")
                        .replaceAll("[-.]*\\.[-.]*", ".");
        var cut = cut(mended, longest());
        return cut.isEmpty() ? "unnamed" : cut;
    }

    private static String cut(String name, int length) {
        var cut = name.replaceAll("^[-.]+", "");
        return cut.substring(0, Math.min(length, cut.length())).replaceAll("[-.]+$", "");
    }

    static boolean isLabel(String text) {
        return text.length() <= LONGEST_LABEL && text.matches(LABEL);
    }

    static boolean isSubdomain(String text) {
        return text.length() <= LONGEST && text.matches(LABEL + "(\\." + LABEL + ")*");
    }

    /// Whether a text may be a key of a ConfigMap or Secret.
    static boolean isKey(String text) {
        return KEY.matcher(text).matches() && !text.equals(".") && !text.startsWith("..");
    }

    /// A key of a ConfigMap or Secret for any text.
    static String key(String text) {
        if (isKey(text)) {
            return text;
        }
        var mended = text.replaceAll("[^-._a-zA-Z0-9]+", "-").replaceAll("^\\.+", "");
        return mended.isEmpty() ? "key" : mended.substring(0, Math.min(LONGEST, mended.length()));
    }

    /// Whether a text may be the value of a label.
    static boolean isLabelValue(String text) {
        return text.isEmpty() || isQualifiedName(text);
    }

    private static boolean isQualifiedName(String text) {
        return text.length() <= LONGEST_LABEL && QUALIFIED.matcher(text).matches();
    }

    /// Whether a text may be the key of a label or, in lower case, of an annotation.
    static boolean isQualifiedKey(String text) {
        var slash = text.indexOf('/');
        return slash < 0
                ? isQualifiedName(text)
                : isSubdomain(text.substring(0, slash))
                        && isQualifiedName(text.substring(slash + 1));
    }
}
