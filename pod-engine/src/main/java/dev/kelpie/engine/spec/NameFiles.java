package dev.kelpie.engine.spec;

import java.util.Optional;

/// Which files about names a pod's containers are given.
///
/// @param hosts the engine's /etc/hosts; without it they see the image's
/// @param hostname the engine's /etc/hostname; without it they see the image's
/// @param hostsBase a file of the host whose lines come first in /etc/hosts
public record NameFiles(boolean hosts, boolean hostname, Optional<String> hostsBase) {
    public static final NameFiles USUAL = new NameFiles(true, true, Optional.empty());
}
