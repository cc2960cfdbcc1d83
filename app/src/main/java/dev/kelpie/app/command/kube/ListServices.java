package dev.kelpie.app.command.kube;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Column;
import dev.kelpie.app.call.Listing;
import dev.kelpie.app.call.ListingFlags;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.Filter;
import dev.kelpie.engine.report.ServiceSummary;
import dev.kelpie.engine.spec.ServiceSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `kube services`: the Services of plays, and who serves them now.
@Command(name = "services", description = "List services and the pods that serve them")
final class ListServices implements Verb {
    private static final List<Column> COLUMNS =
            List.of(
                    new Column("NAMESPACE", "Namespace"),
                    new Column("NAME", "Name"),
                    new Column("TYPE", "Type"),
                    new Column("CLUSTER-IP", "ClusterIP"),
                    new Column("PORT(S)", "Ports"),
                    new Column("READY PODS", "Pods"));

    private final Call call;

    @Mixin ListingFlags flags = new ListingFlags();

    @Parameters List<String> operands = new ArrayList<>();

    ListServices(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        var filter = flags.filter(Set.of("name", "namespace"));
        var services =
                call.engine().services().list().stream()
                        .filter(each -> filter.passes((key, value) -> holds(each, key, value)))
                        .toList();
        if (flags.namesOnly()) {
            call.lines(services.stream().map(each -> each.spec().name()).toList());
            return 0;
        }
        var rows = services.stream().map(ListServices::row).toList();
        flags.listing()
                .print(
                        call,
                        COLUMNS,
                        rows,
                        () -> Listing.array(services.stream().map(ListServices::json).toList()));
        return 0;
    }

    private static boolean holds(ServiceSummary service, String key, String value) {
        return key.equals("name")
                ? Filter.matches(service.spec().name(), value)
                : service.spec().metadata().namespace().equals(value);
    }

    private static String type(ServiceSummary service) {
        return switch (service.spec().kind()) {
            case HEADLESS, CLUSTER_IP -> "ClusterIP";
            case NODE_PORT -> "NodePort";
            case LOAD_BALANCER -> "LoadBalancer";
        };
    }

    private static ObjectNode json(ServiceSummary service) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("Namespace", service.spec().metadata().namespace());
        json.put("Name", service.spec().name());
        json.put("Type", type(service));
        json.put("ClusterIP", service.address().orElse("None"));
        json.put("Ports", ports(service));
        service.pods().forEach(json.putArray("Pods")::add);
        return json;
    }

    private static ObjectNode row(ServiceSummary service) {
        var row = json(service);
        row.put("Pods", String.join(",", service.pods()));
        return row;
    }

    private static String ports(ServiceSummary service) {
        return IntStream.range(0, service.spec().ports().size())
                .mapToObj(i -> port(service.spec().ports().get(i), service.nodePorts().get(i)))
                .collect(Collectors.joining(","));
    }

    /// As kubectl shows it: `80:30080/TCP`.
    private static String port(ServiceSpec.Port port, int node) {
        return port.port() + (node == 0 ? "" : ":" + node) + "/" + port.protocol().name();
    }
}
