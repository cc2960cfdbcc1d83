package dev.kelpie.engine;

import dev.kelpie.engine.report.PodAction;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.state.PodRow;
import java.util.Optional;

/// What a play does about one pod, and the one that is there now.
record Decision(PodSpec spec, String hash, PodAction action, Optional<PodRow> present) {

    boolean makesNew() {
        return action == PodAction.CREATE || action == PodAction.REPLACE;
    }
}
