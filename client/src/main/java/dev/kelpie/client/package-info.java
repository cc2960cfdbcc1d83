/// The `kelpie` command: finds or starts the engine's service, says what it was called with, and
/// relays streams, signals, files and the terminal until the exit status comes
/// (`docs/session-protocol.md`).
///
/// JDK classes only, and few of them: this process starts anew for every command, so each class and
/// each lambda costs. No command's logic may live here.
@NullMarked
package dev.kelpie.client;

import org.jspecify.annotations.NullMarked;
