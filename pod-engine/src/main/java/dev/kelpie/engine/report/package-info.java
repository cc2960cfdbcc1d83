/// What the engine answers: records of facts for listings, inspection and reports. Values only;
/// each is a snapshot of the moment it was asked for. No I/O, no wire format: `app` turns them into
/// tables and Podman's JSON.
@NullMarked
package dev.kelpie.engine.report;

import org.jspecify.annotations.NullMarked;
