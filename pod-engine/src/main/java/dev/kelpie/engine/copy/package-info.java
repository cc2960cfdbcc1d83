/// Copying files into and out of containers (`cp`): what is copied, one entry after another, and
/// the container's side of it. Every path is resolved by the kernel inside the container's root.
@NullMarked
package dev.kelpie.engine.copy;

import org.jspecify.annotations.NullMarked;
