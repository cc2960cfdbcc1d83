/// The commands for pods: `pod ps` and its kin.
///
/// One small class for each: flags, one call down, the answer printed. What can go wrong is thrown
/// and becomes an exit code at the door in `dev.kelpie.app.command`.
@NullMarked
package dev.kelpie.app.command.pod;

import org.jspecify.annotations.NullMarked;
