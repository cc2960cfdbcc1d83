package dev.kelpie.image.registry;

/// Runs the programs that keep credentials for registries, `docker-credential-NAME` (the protocol
/// of docker-credential-helpers: a word as argument, a question on standard input).
public interface CredentialHelpers {

    /// What the program gave back.
    record Answer(int exitCode, String stdout, String stderr) {}

    /// A host that has none.
    CredentialHelpers NONE =
            (program, _, _) -> new Answer(127, "", "'" + program + "' cannot be run here");

    /// Runs `program` with `word` (`get`, `store`, `erase`) and these bytes on its standard input.
    Answer ask(String program, String word, String input) throws InterruptedException;
}
