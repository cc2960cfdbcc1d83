/// Control groups, v1, v2 and hybrid, by plain files (the "cgroupfs" way): parents with limits for
/// pods, a group for conmons, killing and removing whole trees, and what a group uses. A cgroup
/// path here is absolute from the root of every hierarchy, `/kelpie/POD/CONTAINER`; the leaf of a
/// container is made by the OCI runtime, everything above it and its end are ours.
@NullMarked
package dev.kelpie.runtime.cgroup;

import org.jspecify.annotations.NullMarked;
