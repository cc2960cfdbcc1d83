/// Images on disk: `ROOT/content` is an OCI image layout with blobs and names,
/// `ROOT/layers/CHAINID` holds unpacked layers. Everything arrives under a temporary name in
/// `ROOT/ingest`, is verified, synced and renamed, so a crash between any two writes leaves a store
/// that can be read. What the kernel must do with a layer's files is behind `LayerTree`, which
/// `pod-engine` supplies. One process owns a root; within it any number of threads may work on
/// different content at the same time.
@NullMarked
package dev.kelpie.image.store;

import org.jspecify.annotations.NullMarked;
