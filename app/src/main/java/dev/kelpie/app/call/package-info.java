/// One call of a command: what it is given ({@link dev.kelpie.app.call.Call}), what it must be
/// ({@link dev.kelpie.app.call.Verb}), and how it speaks to the caller: listings, progress, and the
/// line between a terminal and a container.
///
/// The commands themselves, and the door that runs them, stand in `.command`.
@NullMarked
package dev.kelpie.app.call;

import org.jspecify.annotations.NullMarked;
