/// Unit files become systemd units here: systemd's generator, and what checks and manages the
/// files. A process of its own that needs no service; it has the JDK only, and knows nothing of our
/// other modules.
@NullMarked
package dev.kelpie.quadlet;

import org.jspecify.annotations.NullMarked;
