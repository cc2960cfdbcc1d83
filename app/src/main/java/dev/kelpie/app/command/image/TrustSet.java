package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `image trust set`.
@Command(
        name = "set",
        description = "Set what is demanded of images",
        customSynopsis = "[options] REGISTRY")
final class TrustSet implements Verb {
    private final Call call;

    @Option(
            names = {"-t", "--type"},
            description = "accept, reject, signedBy (OpenPGP) or sigstoreSigned")
    String type = "signedBy";

    @Option(
            names = {"-f", "--pubkeysfile"},
            description = "Public key of sigstoreSigned or signedBy")
    List<String> keys = new ArrayList<>();

    @Option(names = "--policypath", hidden = true)
    String policy = "";

    @Parameters List<String> operands = new ArrayList<>();

    TrustSet(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(1, operands);
        var word =
                switch (type) {
                    case "accept" -> "insecureAcceptAnything";
                    case "reject", "signedBy", "sigstoreSigned" -> type;
                    default ->
                            throw FlagException.meaning(
                                    "invalid choice: \"%s\": use accept, reject, signedBy or sigstoreSigned"
                                            .formatted(type));
                };
        boolean signed = word.startsWith("sig");
        if (signed && keys.isEmpty()) {
            throw FlagException.meaning(
                    "at least one public key must be defined for type '" + type + "'");
        }
        var paths = keys.stream().map(key -> call.path(key).toString()).toList();
        TrustShow.file(call, policy).set(operands.getFirst(), word, paths);
        return 0;
    }
}
