package dev.kelpie.kubegenerate.apply;

/// What became of one object.
///
/// @param name `deployment.apps/web`
/// @param namespace empty for what is in none
public record Result(String name, String namespace, Outcome outcome) {
    /// How it ended.
    public sealed interface Outcome {
        /// It is as it was asked for; `created`, `configured` or `unchanged`.
        record Applied(String change) implements Outcome {}

        /// It is ready, after it was waited for.
        record Ready() implements Outcome {}

        /// The server, or we, would not.
        record Failed(String reason) implements Outcome {}

        /// It was not tried.
        record NotDone(String reason) implements Outcome {}
    }

    /// Whether what was asked for is done.
    public boolean done() {
        return switch (outcome) {
            case Outcome.Applied _, Outcome.Ready _ -> true;
            case Outcome.Failed _, Outcome.NotDone _ -> false;
        };
    }
}
