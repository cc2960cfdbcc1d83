/// The door to images: [Images] pulls, loads, builds, lists, names and removes them, and says which
/// layer directories make up a container's root file system. Its errors are the subclasses of
/// [ImageException]. Nothing here runs a process or calls the kernel; the caller brings a
/// [dev.kelpie.image.store.LayerTrees] for that.
@NullMarked
package dev.kelpie.image;

import org.jspecify.annotations.NullMarked;
