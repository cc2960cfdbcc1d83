package dev.kelpie.engine.cdi;

import java.nio.file.Path;
import java.util.List;

/// One spec file: the devices of a kind, and what whoever has one of them gets besides.
///
/// @param kind `vendor.com/class`
record CdiSpec(Path file, String kind, List<Device> devices, ContainerEdits edits) {
    CdiSpec {
        devices = List.copyOf(devices);
    }

    /// @param edits what the container is changed by that has it
    record Device(String name, ContainerEdits edits) {}
}
