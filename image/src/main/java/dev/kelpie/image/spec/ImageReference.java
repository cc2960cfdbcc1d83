package dev.kelpie.image.spec;

import java.util.Optional;
import java.util.regex.Pattern;

/// An image's name: `[DOMAIN/]PATH[:TAG][@DIGEST]`, by the grammar the distribution project made
/// common. The first part is a domain when it has a dot or a port or is `localhost`; a name without
/// one is a short name, whose registry is somebody else's decision.
public record ImageReference(
        Optional<String> domain, String path, Optional<String> tag, Optional<Digest> digest) {

    private static final Pattern DOMAIN =
            Pattern.compile(
                    "(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
                            + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*"
                            + "|\\[[0-9a-fA-F:]+])(?::[0-9]{1,5})?");
    private static final Pattern COMPONENT =
            Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final int LONGEST = 255;

    public ImageReference {
        domain.ifPresent(name -> require(DOMAIN.matcher(name).matches(), "registry", name));
        require(!path.isEmpty() && path.length() <= LONGEST, "image name", path);
        for (var component : path.split("/", -1)) {
            require(COMPONENT.matcher(component).matches(), "image name", path);
        }
        tag.ifPresent(name -> require(TAG.matcher(name).matches(), "tag", name));
    }

    /// Parses a name as typed; nothing is filled in.
    public static ImageReference parse(String text) {
        var rest = text.strip();
        require(!rest.isEmpty() && rest.length() <= 2 * LONGEST + 128, "image name", text);
        var digest = Optional.<Digest>empty();
        var at = rest.indexOf('@');
        if (at >= 0) {
            digest = Optional.of(Digest.parse(rest.substring(at + 1)));
            rest = rest.substring(0, at);
        }
        var tag = Optional.<String>empty();
        var colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = Optional.of(rest.substring(colon + 1));
            rest = rest.substring(0, colon);
        }
        var slash = rest.indexOf('/');
        if (slash > 0 && isDomain(rest.substring(0, slash))) {
            return new ImageReference(
                    Optional.of(rest.substring(0, slash)), rest.substring(slash + 1), tag, digest);
        }
        return new ImageReference(Optional.empty(), rest, tag, digest);
    }

    /// Without a domain.
    public boolean isShort() {
        return domain.isEmpty();
    }

    /// With tag `latest` unless it has a tag or a digest.
    public ImageReference withDefaultTag() {
        return tag.isPresent() || digest.isPresent() ? this : withTag("latest");
    }

    public ImageReference withTag(String name) {
        return new ImageReference(domain, path, Optional.of(name), digest);
    }

    public ImageReference withDomain(String name) {
        return new ImageReference(Optional.of(name), path, tag, digest);
    }

    /// The same repository with another reference's tag and digest.
    public ImageReference withTagAndDigestOf(ImageReference other) {
        return new ImageReference(domain, path, other.tag, other.digest);
    }

    /// Pinned to one manifest; a tag says nothing more then and is dropped.
    public ImageReference withDigest(Digest pinned) {
        return new ImageReference(domain, path, Optional.empty(), Optional.of(pinned));
    }

    /// `DOMAIN/PATH`: the name without tag and digest.
    public String repository() {
        return domain.map(name -> name + "/" + path).orElse(path);
    }

    @Override
    public String toString() {
        return repository()
                + tag.map(name -> ":" + name).orElse("")
                + digest.map(value -> "@" + value).orElse("");
    }

    private static boolean isDomain(String first) {
        return first.equals("localhost") || first.indexOf('.') >= 0 || first.indexOf(':') >= 0;
    }

    private static void require(boolean ok, String what, String value) {
        if (!ok) {
            throw new IllegalArgumentException("not a valid " + what + ": '" + value + "'");
        }
    }
}
