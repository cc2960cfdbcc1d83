/// Devices by their maker's name, `vendor.com/class=name`: the Container Device Interface. Spec
/// files of the host's administrator say what a container is changed by to have a device; here they
/// are read, judged and made part of what the OCI runtime is told. Nothing here is touched unless a
/// container asks for such a name. https://github.com/cncf-tags/container-device-interface
@NullMarked
package dev.kelpie.engine.cdi;

import org.jspecify.annotations.NullMarked;
