/// Secrets at rest and at hand: encrypted files in the engine root, the key that opens them, what
/// keys a Kubernetes Secret has, and the environments that are filled from them. A value leaves
/// here only towards a process that starts, a file in memory, or a user who asked to see it; none
/// is in a message, a log or a row of the state.
@NullMarked
package dev.kelpie.engine.secret;

import org.jspecify.annotations.NullMarked;
