/// Images in one file: `oci-archive` and `docker-archive`, plain or compressed, read once from a
/// stream. An archive is written by nobody we know: names, digests and sizes in it are claims that
/// are checked before anything enters the store.
@NullMarked
package dev.kelpie.image.archive;

import org.jspecify.annotations.NullMarked;
