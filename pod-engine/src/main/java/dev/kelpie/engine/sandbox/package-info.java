/// What a pod stands on besides its containers: namespaces, /dev/shm, hosts, resolv.conf and
/// hostname files, volumes and root filesystems. Made before the containers, gone after them;
/// everything here may be undone twice.
@NullMarked
package dev.kelpie.engine.sandbox;

import org.jspecify.annotations.NullMarked;
