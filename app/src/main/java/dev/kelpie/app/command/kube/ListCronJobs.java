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
import dev.kelpie.engine.report.CronSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `kube cronjobs`: the CronJobs of plays, and when they run.
@Command(name = "cronjobs", description = "List cronjobs and when they run")
final class ListCronJobs implements Verb {
    private static final List<Column> COLUMNS =
            List.of(
                    new Column("NAMESPACE", "Namespace"),
                    new Column("NAME", "Name"),
                    new Column("SCHEDULE", "Schedule"),
                    new Column("SUSPEND", "Suspend"),
                    new Column("ACTIVE", "Active"),
                    new Column("LAST SCHEDULE", "LastSchedule"),
                    new Column("NEXT SCHEDULE", "NextSchedule"));

    private final Call call;

    @Mixin ListingFlags flags = new ListingFlags();

    @Parameters List<String> operands = new ArrayList<>();

    ListCronJobs(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        var filter = flags.filter(Set.of("name", "namespace"));
        var crons =
                call.engine().crons().list().stream()
                        .filter(each -> filter.passes((key, value) -> holds(each, key, value)))
                        .toList();
        if (flags.namesOnly()) {
            call.lines(crons.stream().map(each -> each.spec().name()).toList());
            return 0;
        }
        var rows = crons.stream().map(ListCronJobs::json).toList();
        flags.listing().print(call, COLUMNS, rows, () -> Listing.array(rows));
        return 0;
    }

    private static boolean holds(CronSummary cron, String key, String value) {
        return key.equals("name")
                ? Filter.matches(cron.spec().name(), value)
                : cron.spec().metadata().namespace().equals(value);
    }

    private static ObjectNode json(CronSummary cron) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("Namespace", cron.spec().metadata().namespace());
        json.put("Name", cron.spec().name());
        json.put("Schedule", cron.spec().schedule().text());
        json.put("Suspend", cron.spec().suspended());
        json.put("Active", cron.active().size());
        json.put("LastSchedule", cron.last().map(Instant::toString).orElse(""));
        json.put("NextSchedule", cron.next().map(Instant::toString).orElse(""));
        return json;
    }
}
