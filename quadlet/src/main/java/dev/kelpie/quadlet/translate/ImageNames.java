package dev.kelpie.quadlet.translate;

import java.util.Optional;

/// Tells image names that mean one image from those that mean whatever registry is asked first.
public final class ImageNames {
    private static final int ID_LENGTH = 64;

    private ImageNames() {}

    /// The warning for a name that is not fully qualified.
    public static Optional<String> ambiguity(String file, String image) {
        return isQualified(image) || image.endsWith(".image") || image.endsWith(".build")
                ? Optional.empty()
                : Optional.of(
                        "Warning: "
                                + file
                                + " specifies the image \""
                                + image
                                + "\" which not a fully qualified image name. This is not ideal for"
                                + " performance and security reasons: which registry it comes from"
                                + " depends on the host. Write HOST/NAME:TAG instead.");
    }

    public static boolean isQualified(String image) {
        if (image.startsWith("sha256:") || isId(image)) {
            return true;
        }
        int slash = image.indexOf('/');
        if (slash < 0) {
            return false;
        }
        var first = image.substring(0, slash);
        return first.indexOf('.') >= 0 || first.indexOf(':') >= 0 || first.equals("localhost");
    }

    private static boolean isId(String image) {
        for (int i = 0; i < image.length(); i++) {
            if (Character.digit(image.charAt(i), 16) < 0) {
                return false;
            }
        }
        return image.length() == ID_LENGTH;
    }
}
