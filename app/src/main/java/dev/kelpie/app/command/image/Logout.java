package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.image.ImageNotFoundException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `logout`.
@Command(
        name = "logout",
        description = "Log out of a registry",
        customSynopsis = "[options] [REGISTRY]")
final class Logout implements Verb {
    private final Call call;

    @Mixin RegistryFlags registry = new RegistryFlags();

    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            description = "Of all registries")
    boolean all;

    @Option(names = "--compat-auth-file", description = "The file of Docker's form to write")
    String compatFile = "";

    @Parameters List<String> operands = new ArrayList<>();

    Logout(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atMost(1, operands);
        if (all && !operands.isEmpty()) {
            throw FlagException.meaning("--all takes no arguments");
        }
        var registries = call.engine().images().registries();
        var logins = registries.logins(Login.fileOf(call, registry, compatFile, registries));
        if (all) {
            logins.forgetAll();
            call.line("Removed login credentials for all registries");
            return 0;
        }
        var name = Login.registryNamed(registries, operands);
        try {
            logins.forget(name);
        } catch (ImageNotFoundException e) {
            var other = registries.knows(name);
            if (other.isPresent()) {
                call.line(
                        "Not logged into %s with current tool. Existing credentials were established via '%s'."
                                .formatted(name, other.get()));
                return 0;
            }
            throw e;
        }
        call.line("Removed login credentials for " + name);
        return 0;
    }
}
