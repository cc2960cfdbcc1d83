package dev.kelpie.image.registry;

/// Verifies what people sign with OpenPGP; a program of the host does so.
public interface OpenPgp {

    /// What it said.
    ///
    /// @param status lines for machines, `[GNUPG:] GOODSIG …`
    /// @param content what was signed, not to be believed before the status is read
    /// @param words those for people
    record Answer(int exitCode, String status, String content, String words) {}

    /// A host without the program.
    OpenPgp NONE = (_, _) -> new Answer(127, "", "", "no program for OpenPGP can be run here");

    /// Opens a signed message.
    ///
    /// @param keys the only ones that count, in binary form
    Answer open(byte[] keys, byte[] message) throws InterruptedException;
}
