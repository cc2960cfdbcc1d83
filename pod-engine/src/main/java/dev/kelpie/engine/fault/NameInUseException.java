package dev.kelpie.engine.fault;

/// The name belongs to another pod or container.
public final class NameInUseException extends PodException {

    private NameInUseException(String message) {
        super(message);
    }

    /// A pod of that name is there and differs from what was asked for.
    public static NameInUseException ofPod(String name) {
        return new NameInUseException("name \"" + name + "\" is in use: pod already exists");
    }

    /// A pod of that name is there, made from another manifest.
    public static NameInUseException ofChangedPod(String name) {
        return new NameInUseException(
                "name \""
                        + name
                        + "\" is in use: pod already exists and differs from the manifest; "
                        + "replace it with --replace or take it down first");
    }

    /// A container of that name is there.
    public static NameInUseException ofContainer(String name, String holderId) {
        return new NameInUseException(
                "the container name \""
                        + name
                        + "\" is already in use by "
                        + holderId
                        + "; remove that container or use --replace");
    }
}
