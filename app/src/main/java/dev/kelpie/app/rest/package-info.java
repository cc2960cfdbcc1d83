/// The REST API: Docker's and libpod's paths on the service's socket. Resources are thin: read the
/// request, one call down, serialise the answer.
///
/// Every path works with and without a version in front (`/v1.44/info`); libpod's only with one.
/// Header names keep the case that Go's servers send, which clients and tests rely on.
@NullMarked
package dev.kelpie.app.rest;

import org.jspecify.annotations.NullMarked;
