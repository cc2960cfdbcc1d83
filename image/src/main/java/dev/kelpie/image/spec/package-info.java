/// The words of the OCI image specification: digests, descriptors, manifests, indexes, image
/// configurations, platforms, chain ids and image names. Records over `java.*` and each other; no
/// files, no network, no JSON library. Both the OCI media types and those of Docker's schema 2 are
/// known here. A word that cannot be read throws `IllegalArgumentException` quoting the value.
@NullMarked
package dev.kelpie.image.spec;

import org.jspecify.annotations.NullMarked;
