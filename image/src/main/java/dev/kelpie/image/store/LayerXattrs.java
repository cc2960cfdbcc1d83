package dev.kelpie.image.store;

/// Which extended attributes layers may carry.
public final class LayerXattrs {

    private LayerXattrs() {}

    /// An image must not talk to overlayfs, to the host's SELinux policy, or to other engines.
    public static boolean isAllowed(String name) {
        return !name.startsWith("trusted.overlay.")
                && !name.startsWith("user.overlay.")
                && !name.startsWith("user.containers.")
                && !name.equals("security.selinux")
                && !name.isEmpty()
                && name.length() <= 255
                && name.indexOf(0) < 0;
    }
}
