/// `kelpie volume`: the volumes that outlive containers.
@NullMarked
package dev.kelpie.app.command.volume;

import org.jspecify.annotations.NullMarked;
