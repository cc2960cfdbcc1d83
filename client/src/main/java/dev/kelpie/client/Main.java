package dev.kelpie.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/// The `kelpie` command.
public final class Main {
    /// Podman's status for its own errors.
    private static final int ENGINE_ERROR = 125;

    private static final String LOCAL = "unix://";
    private static final long LONGEST_STOP_NANOS = 30_000_000_000L;

    private Main() {}

    /// Runs one command line; never returns.
    public static void main(String[] arguments) {
        int status = ENGINE_ERROR;
        var terminal = new Terminal();
        try {
            status = run(arguments, terminal);
        } catch (ClientException e) {
            System.err.println("Error: " + e.getMessage());
        } catch (IOException e) {
            System.err.println(
                    "Error: the service ended before the command did: " + e.getMessage());
        }
        terminal.restore();
        System.err.flush();
        // no shutdown hooks, no waiting for a thread that reads stdin
        Runtime.getRuntime().halt(status);
    }

    private static int run(String[] arguments, Terminal terminal) throws IOException {
        var caller = Caller.ofThisProcess();
        var invocation = Invocation.parse(Caller.words(arguments.length), caller.environment());
        if (!invocation.url().isEmpty()) {
            return elsewhere(caller, invocation, terminal);
        }
        var engine =
                EngineAddress.of(
                        invocation, caller.environment(), caller.userId(), caller.directory());
        if (invocation.words().size() > 0 && invocation.words().get(0).equals("unshare")) {
            return Unshare.run(engine, caller, invocation.words());
        }
        if (invocation.calls("system", "service")) {
            return service(engine, caller, invocation, terminal);
        }
        return command(engine, caller, invocation, terminal);
    }

    private static int service(
            EngineAddress engine, Caller caller, Invocation invocation, Terminal terminal)
            throws IOException {
        var words = invocation.after(2);
        if (words.contains("--stop")) {
            return stop(engine, () -> command(engine, caller, invocation, terminal));
        }
        boolean handedOver = Boolean.getBoolean("kelpie.handed-over");
        var call = ServiceCall.parse(words, handedOver);
        if (call == null) {
            return command(engine, caller, invocation, terminal);
        }
        var source = new ServiceSource(engine, caller);
        source.session().close(); // what stands in its way is told while there is somebody to tell
        try (var door =
                call.address() == null
                        ? ApiDoor.handedOver(source)
                        : ApiDoor.at(call.address(), source)) {
            door.serve(call.seconds());
        }
        return 0;
    }

    private static int command(
            EngineAddress engine, Caller caller, Invocation invocation, Terminal terminal)
            throws IOException {
        try (var connection = new ServiceSource(engine, caller).session()) {
            return command(connection, caller, invocation, terminal);
        }
    }

    private static int command(
            Connection connection, Caller caller, Invocation invocation, Terminal terminal)
            throws IOException {
        Signals.forward(connection, terminal, caller.onTerminal());
        connection.send(caller.start(invocation.words()));
        return new Relay(connection, terminal, invocation.words()).run();
    }

    /// By the socket of another engine of this host, whose service is not ours to start.
    private static int elsewhere(Caller caller, Invocation invocation, Terminal terminal)
            throws IOException {
        if (!invocation.url().startsWith(LOCAL + "/")) {
            throw new ClientException(
                    "services of other hosts are not supported yet, only "
                            + LOCAL
                            + "/PATH: --url "
                            + invocation.url());
        }
        try (var connection = open(Path.of(invocation.url().substring(LOCAL.length())), caller)) {
            return command(connection, caller, invocation, terminal);
        }
    }

    private static Connection open(Path socket, Caller caller) {
        try {
            return Connection.open(socket, caller.build());
        } catch (IOException e) {
            throw new ClientException("no service answers on '" + socket + "': " + e.getMessage());
        }
    }

    /// To stop what does not run, it need not be started; what was stopped is gone afterwards.
    private static int stop(EngineAddress engine, Command stop) throws IOException {
        if (!Files.exists(engine.socket())) {
            return 0;
        }
        var service = engine.serviceProcess();
        int status = stop.run();
        if (status == 0) {
            service.ifPresent(Main::awaitEnd);
        }
        return status;
    }

    private static void awaitEnd(Path process) {
        long deadline = System.nanoTime() + LONGEST_STOP_NANOS;
        while (Files.exists(process) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    private interface Command {
        int run() throws IOException;
    }
}
