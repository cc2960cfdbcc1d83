/// Pulling from registries as the OCI distribution specification says, and the host's files about
/// them: registries.conf and the auth files shared with Podman and Docker. Everything is streamed
/// and verified; progress is handed over as values. No registry's host name is known here.
@NullMarked
package dev.kelpie.image.registry;

import org.jspecify.annotations.NullMarked;
