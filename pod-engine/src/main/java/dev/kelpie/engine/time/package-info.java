/// The engine's time: what is due later, on the host's clock or on a test's.
@NullMarked
package dev.kelpie.engine.time;

import org.jspecify.annotations.NullMarked;
