/// The JSON of Podman's and Docker's `inspect`, read as words of `run`.
@NullMarked
package dev.kelpie.app.convert.inspect;

import org.jspecify.annotations.NullMarked;
