package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.session.StandardStream;
import dev.kelpie.image.Registries;
import dev.kelpie.image.registry.Credentials;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `login`: checks credentials with a registry and keeps them where Podman and Docker find them.
@Command(
        name = "login",
        description = "Log in to a registry",
        customSynopsis = "[options] [REGISTRY]")
final class Login implements Verb {
    private static final int LONGEST = 64 << 10;

    private final Call call;

    @Mixin RegistryFlags registry = new RegistryFlags();

    @Option(
            names = {"-u", "--username"},
            description = "User name")
    String user = "";

    @Option(
            names = {"-p", "--password"},
            description = "Password (seen by all who can list processes: better --password-stdin)")
    String password = "";

    @Option(
            names = "--password-stdin",
            arity = "0..1",
            description = "Take the password from standard input")
    boolean fromStdin;

    @Option(
            names = "--get-login",
            arity = "0..1",
            description = "Say who is logged in, and nothing else")
    boolean who;

    @Option(names = "--compat-auth-file", description = "The file of Docker's form to write")
    String compatFile = "";

    @Option(
            names = {"-v", "--verbose"},
            arity = "0..1",
            description = "Say where the credentials are kept")
    boolean verbose;

    @Parameters List<String> operands = new ArrayList<>();

    Login(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atMost(1, operands);
        var registries = call.engine().images().registries();
        var name = registryNamed(registries, operands);
        var file = fileOf(call, registry, compatFile, registries);
        var known = registries.logins(file).user(name);
        if (who) {
            call.line(
                    known.orElseThrow(
                            () -> new CommandException("not logged into '" + name + "'")));
            return 0;
        }
        var given = new Credentials.Password(userName(), secret());
        registries.login(name, given, registry.accessFor(call), file);
        call.line("Login Succeeded!");
        if (verbose) {
            call.line("Used: " + file);
        }
        return 0;
    }

    static String registryNamed(Registries registries, List<String> operands) {
        if (!operands.isEmpty()) {
            return operands.getFirst().replaceFirst("^https?://", "").replaceFirst("/+$", "");
        }
        return registries.searched().stream()
                .findFirst()
                .orElseThrow(() -> FlagException.meaning("please provide a registry"));
    }

    static Path fileOf(Call call, RegistryFlags flags, String compat, Registries registries) {
        return compat.isEmpty()
                ? flags.authFile(call).orElseGet(registries::authFile)
                : call.path(compat);
    }

    private String userName() {
        if (user.isEmpty()) {
            if (fromStdin || !call.session().isTerminal(StandardStream.STDIN)) {
                throw FlagException.meaning("must provide --username");
            }
            call.print("Username: ");
            user = line();
        }
        if (user.indexOf(':') >= 0) {
            throw FlagException.meaning("a user name has no colon: '" + user + "'");
        }
        return user;
    }

    private String secret() {
        if (fromStdin) {
            if (!password.isEmpty()) {
                throw FlagException.meaning("can't specify both --password-stdin and --password");
            }
            password = line();
        }
        if (password.isEmpty() && call.session().isTerminal(StandardStream.STDIN)) {
            password = new HiddenLine(call.session()).ask("Password: ");
        }
        if (password.isEmpty()) {
            throw FlagException.meaning("no password: pipe it in with --password-stdin");
        }
        return password;
    }

    /// All of standard input when it is a password, else a line of it; no newline at the end.
    private String line() {
        var bytes = new ByteArrayOutputStream();
        try {
            var in = call.session().stdin();
            for (int next = in.read();
                    next >= 0 && (fromStdin || next != '\n') && bytes.size() < LONGEST;
                    next = in.read()) {
                bytes.write(next);
            }
        } catch (IOException e) {
            throw new CommandException("cannot read standard input: " + e.getMessage());
        }
        return bytes.toString(StandardCharsets.UTF_8).replaceFirst("[\r\n]+$", "");
    }
}
