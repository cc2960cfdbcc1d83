package dev.kelpie.engine.fault;

/// No volume has this name.
public final class VolumeNotFoundException extends PodException {

    public VolumeNotFoundException(String name) {
        super("no volume with name \"" + name + "\" found: no such volume");
    }
}
