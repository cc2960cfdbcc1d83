package dev.kelpie.app;

import dev.kelpie.app.call.Surroundings;
import dev.kelpie.app.command.Commands;
import dev.kelpie.app.command.system.HostDoctor;
import dev.kelpie.app.service.Activity;
import dev.kelpie.app.service.ConnectionGate;
import dev.kelpie.app.service.EngineDoor;
import dev.kelpie.app.service.ExitInbox;
import dev.kelpie.app.service.IdleWatch;
import dev.kelpie.app.service.PeerGate;
import dev.kelpie.app.service.Rest;
import dev.kelpie.app.service.ServiceOptions;
import dev.kelpie.app.service.ServicePlace;
import dev.kelpie.app.service.Version;
import dev.kelpie.app.session.CommandLine;
import dev.kelpie.app.session.SessionServer;
import dev.kelpie.runtime.kernel.CleanPages;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.CommandLineArguments;
import io.quarkus.vertx.http.DomainSocketServerStart;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// Builds every part of the service, once, and joins them.
@Singleton
public class Wiring {
    /// How long a connection may be without a request or session.
    private static final long WAIT_MILLIS = 60_000;

    private static final int REFUSED = 400;

    @Produces
    @Singleton
    ServiceOptions options(@CommandLineArguments String[] arguments) {
        return ServiceOptions.parse(List.of(arguments));
    }

    @Produces
    @Singleton
    Version version() {
        return Version.read();
    }

    @Produces
    @Singleton
    Activity activity() {
        return new Activity();
    }

    @Produces
    @Singleton
    ExitInbox exitInbox(ServiceOptions options, Activity activity) {
        var inbox = new ExitInbox(options, activity);
        inbox.prepare();
        return inbox;
    }

    @Produces
    @Singleton
    EngineDoor engine(ServiceOptions options, ExitInbox inbox) {
        return new EngineDoor(options, inbox.command());
    }

    @Produces
    @Singleton
    Rest rest(Activity activity) {
        return new Rest(activity, Duration.ofSeconds(5), CleanPages::release);
    }

    @Produces
    @Singleton
    IdleWatch idleWatch(Vertx vertx, Activity activity, EngineDoor engine, ServiceOptions options) {
        return new IdleWatch(vertx, activity, engine::needsClock, options, Quarkus::asyncExit);
    }

    @Produces
    @Singleton
    CommandLine commandLine(
            EngineDoor engine, IdleWatch service, Version version, ServiceOptions options) {
        return new Commands(
                new Surroundings(
                        engine::engine,
                        service,
                        version,
                        InstantSource.system(),
                        options.socket(),
                        options.logFile(),
                        new HostDoctor(options.root(), options.runRoot())));
    }

    @Produces
    @Singleton
    SessionServer sessions(CommandLine commandLine, Activity activity, IdleWatch idle) {
        return new SessionServer(commandLine, activity::begin, idle::leavesFor);
    }

    @Produces
    @Singleton
    ConnectionGate gate() {
        return new ConnectionGate(PeerGate.ofThisProcess(), WAIT_MILLIS);
    }

    void routes(
            @Observes Router router,
            SessionServer sessions,
            ConnectionGate gate,
            Activity activity) {
        router.route().order(Integer.MIN_VALUE).handler(context -> admit(context, gate, activity));
        router.get(SessionServer.PATH)
                .order(Integer.MIN_VALUE + 1)
                .handler(context -> session(context.request(), sessions, gate));
    }

    private static void session(
            HttpServerRequest request, SessionServer sessions, ConnectionGate gate) {
        sessions.handle(request, () -> gate.begins(request.connection()));
        if (request.response().getStatusCode() >= REFUSED) {
            gate.answered(request.connection());
        }
    }

    /// A request keeps the service here until it is answered; a session sees to that by itself.
    private static void admit(RoutingContext context, ConnectionGate gate, Activity activity) {
        if (!gate.admits(context.request().connection())) {
            context.request().connection().close();
            return;
        }
        if (!SessionServer.PATH.equals(context.request().path())) {
            var busy = activity.begin();
            gate.begins(context.request().connection());
            context.addEndHandler(_ -> {
                busy.close();
                gate.answered(context.request().connection());
            });
        }
        context.next();
    }

    void listening(@ObservesAsync DomainSocketServerStart event, ServiceOptions options)
            throws IOException {
        Files.setPosixFilePermissions(
                options.socket(), PosixFilePermissions.fromString("rw-------"));
        ServicePlace.callSelf(options.socket());
    }

    void start(@Observes StartupEvent event, ExitInbox inbox, EngineDoor engine) {
        inbox.listen(id -> engine.engine().containerEnded(id));
    }

    void watch(@Observes StartupEvent event, Vertx vertx, IdleWatch idle, Rest rest) {
        idle.start();
        rest.start(vertx);
    }

    void stop(@Observes ShutdownEvent event, ExitInbox inbox, EngineDoor engine) {
        inbox.close();
        engine.close();
    }
}
