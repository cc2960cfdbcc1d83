package dev.kelpie.engine;

import java.util.List;

/// When failed containers fail the service that played them.
public enum ExitCodes {
    /// Never.
    NONE {
        @Override
        int of(List<Integer> ends) {
            return 0;
        }
    },
    /// When any has failed.
    ANY {
        @Override
        int of(List<Integer> ends) {
            return ends.stream().filter(end -> end != 0).findFirst().map(ExitCodes::own).orElse(0);
        }
    },
    /// When all have failed.
    ALL {
        @Override
        int of(List<Integer> ends) {
            return ends.contains(0) ? 0 : ANY.of(ends);
        }
    };

    /// The service's exit code for those of its containers.
    abstract int of(List<Integer> ends);

    /// One whose end nobody saw has -1.
    private static int own(int code) {
        return code < 0 ? 1 : code;
    }
}
