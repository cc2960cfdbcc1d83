/// The one place that calls systemd, by `systemctl`: its states, reload and stop.
@NullMarked
package dev.kelpie.quadlet.systemd;

import org.jspecify.annotations.NullMarked;
