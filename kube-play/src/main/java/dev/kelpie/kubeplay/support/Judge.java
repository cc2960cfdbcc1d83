package dev.kelpie.kubeplay.support;

import dev.kelpie.kubeplay.report.Verdict;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.List;
import java.util.Optional;

/// Decides what becomes of a field by its value and its surroundings.
public interface Judge {

    /// A verdict that takes the place of the rule's.
    record Judgement(Verdict verdict, String reason) {}

    /// The verdict on one field.
    ///
    /// @param around the objects around the field, innermost first
    /// @return empty to leave it at the rule's verdict
    Optional<Judgement> judge(Mapping.Entry field, List<Mapping> around);
}
