package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.kernel.ProcessIdentity;

/// A container that is made but not started: its init process, and the conmon that keeps it.
public record CreatedContainer(ProcessIdentity init, ProcessIdentity conmon) {}
