/// The service as a process: its options, who may call it, when it may go, how a container's end
/// wakes it. Knows the engine only as something to open, to tell of ended containers and to close.
@NullMarked
package dev.kelpie.app.service;

import org.jspecify.annotations.NullMarked;
