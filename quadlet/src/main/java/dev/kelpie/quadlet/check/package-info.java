/// What `kelpie quadlet check` finds: each class of rules reads unit files as they were written and
/// tells what is wrong, where, what it means and how to mend it. Needs neither systemd nor an
/// engine.
@NullMarked
package dev.kelpie.quadlet.check;

import org.jspecify.annotations.NullMarked;
