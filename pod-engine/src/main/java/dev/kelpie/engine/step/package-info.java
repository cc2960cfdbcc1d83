/// Doing things so that they can be taken back: named steps with an undo each, and the place where
/// a test may let the process die between any two of them.
@NullMarked
package dev.kelpie.engine.step;

import org.jspecify.annotations.NullMarked;
