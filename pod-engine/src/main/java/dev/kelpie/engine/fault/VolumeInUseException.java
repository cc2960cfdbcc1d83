package dev.kelpie.engine.fault;

/// A volume that containers still mount.
public final class VolumeInUseException extends PodException {

    public VolumeInUseException(String name, java.util.List<String> users) {
        super(
                "volume "
                        + name
                        + " is being used by the following container(s): "
                        + String.join(", ", users)
                        + ": volume is being used");
    }
}
