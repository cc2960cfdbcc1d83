/// Commands between containers and systemd's units: `auto-update`, and units out of what runs.
///
/// What a unit is started with comes from `command.container`; the units themselves are made by the
/// generator in `quadlet`.
@NullMarked
package dev.kelpie.app.command.unit;

import org.jspecify.annotations.NullMarked;
