/// The words in which pods are spoken of between the translators and the engine: records over
/// `java.*` and each other, no I/O. A spec is complete: translators fill every default that does
/// not depend on the image, so the engine never guesses. Nothing here is a wire format.
@NullMarked
package dev.kelpie.engine.spec;

import org.jspecify.annotations.NullMarked;
