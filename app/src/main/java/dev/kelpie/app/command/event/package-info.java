/// Commands that tell what happened: `events`, and `why`, which reads them for one pod or
/// container.
@NullMarked
package dev.kelpie.app.command.event;

import org.jspecify.annotations.NullMarked;
