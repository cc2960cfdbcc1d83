package dev.kelpie.app.session;

import dev.kelpie.client.Main;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A server on a unix socket, and real clients that talk to it.
final class ClientRun {
    private final Path directory;
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    private String terminals = "";
    private String size = "";

    ClientRun(Path directory, CommandLine commandLine) throws Exception {
        this.directory = directory;
        var server = new SessionServer(commandLine, () -> () -> {}, _ -> false);
        vertx.createHttpServer(new HttpServerOptions())
                .requestHandler(request -> server.handle(request, () -> {}))
                .listen(SocketAddress.domainSocketAddress(socket().toString()))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    Path socket() {
        return directory.resolve("kelpie.sock");
    }

    void terminal(String streams, String rowsAndColumns) {
        terminals = streams;
        size = rowsAndColumns;
    }

    Process start(String... words) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of("-Xint", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-Dsun.jnu.encoding=UTF-8", "-Dfile.encoding=UTF-8"));
        command.addAll(List.of("-Dkelpie.tty=" + terminals, "-Dkelpie.size=" + size));
        var jar = Main.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        command.addAll(List.of("-cp", jar, Main.class.getName()));
        command.addAll(List.of("--root", directory + "/root", "--runroot", directory.toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("WORD", "größer");
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }
}
