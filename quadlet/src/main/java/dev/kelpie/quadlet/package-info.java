/// Unit files become systemd units here. Empty so far: the room is kept for the generator, which
/// sees nothing of the other modules.
@NullMarked
package dev.kelpie.quadlet;

import org.jspecify.annotations.NullMarked;
