/// The service's door: its `main`, and {@link dev.kelpie.app.Wiring}, which builds every part once.
/// Nothing is decided here.
@NullMarked
package dev.kelpie.app;

import org.jspecify.annotations.NullMarked;
