package dev.kelpie.runtime;

/// One thing about the host that matters for running pods, for `system info` and `system check`.
public sealed interface HostFact {

    /// What it is about, such as `conmon`.
    String name();

    /// It is there; `value` says which version or kind.
    record Found(String name, String value) implements HostFact {}

    /// It is not there or does not work.
    ///
    /// @param problem what is wrong, a sentence without a full stop
    /// @param mend the command that mends it, or what to do
    /// @param needed whether nothing runs without it
    record Lacking(String name, String problem, String mend, boolean needed) implements HostFact {}
}
