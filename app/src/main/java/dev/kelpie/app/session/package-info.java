/// Sessions: what a command sees of the client that asked for it, and the server's side of the
/// session protocol (`docs/session-protocol.md`).
///
/// Commands see {@link dev.kelpie.app.session.Session} and implement {@link
/// dev.kelpie.app.session.CommandLine}; frames, credits and sockets stay in here.
@NullMarked
package dev.kelpie.app.session;

import org.jspecify.annotations.NullMarked;
