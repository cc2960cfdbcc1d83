/// Quadlet units, read as words of `run` by way of what systemd would start.
@NullMarked
package dev.kelpie.app.convert.unit;

import org.jspecify.annotations.NullMarked;
