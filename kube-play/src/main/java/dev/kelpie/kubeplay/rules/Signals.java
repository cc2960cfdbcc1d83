package dev.kelpie.kubeplay.rules;

import java.util.List;

/// The signals that a container may be stopped with, as Kubernetes spells them.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
final class Signals {

    static final List<String> NAMES =
            List.of(
                    ("SIGABRT SIGALRM SIGBUS SIGCHLD SIGCLD SIGCONT SIGFPE SIGHUP SIGILL SIGINT SIGIO"
                                    + " SIGIOT SIGKILL SIGPIPE SIGPOLL SIGPROF SIGPWR SIGQUIT SIGSEGV"
                                    + " SIGSTKFLT SIGSTOP SIGSYS SIGTERM SIGTRAP SIGTSTP SIGTTIN SIGTTOU"
                                    + " SIGURG SIGUSR1 SIGUSR2 SIGVTALRM SIGWINCH SIGXCPU SIGXFSZ SIGRTMIN"
                                    + " SIGRTMAX")
                            .split(" "));

    private Signals() {}

    static boolean known(String name) {
        return NAMES.contains(name)
                || name.matches("SIGRTMIN\\+([1-9]|1[0-5])|SIGRTMAX-([1-9]|1[0-4])");
    }
}
