package dev.kelpie.app.command.volume;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Column;
import dev.kelpie.app.call.Listing;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.Filter;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.report.VolumeSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `volume ls`.
@Command(name = "ls", description = "List volumes")
final class ListVolumes implements Verb {
    private static final List<Column> COLUMNS =
            List.of(new Column("DRIVER", "Driver"), new Column("VOLUME NAME", "Name"));

    private final Call call;

    @Option(
            names = {"-f", "--filter"},
            description = "Only those that pass: name=REGEX, label=KEY=VALUE, dangling=true, ...")
    List<String> filters = new ArrayList<>();

    @Option(names = "--format", description = "Go template, or json")
    Optional<String> format = Optional.empty();

    @Option(
            names = {"-n", "--noheading"},
            arity = "0..1",
            description = "No line of headings")
    boolean noHeading;

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Only the names")
    boolean quiet;

    @Parameters List<String> operands = new ArrayList<>();

    ListVolumes(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        if (quiet && format.isPresent()) {
            throw FlagException.meaning("quiet and format are mutually exclusive");
        }
        var filter = Filter.parse(filters, VolumeFilter.OF_LISTS);
        var volumes =
                call.engine().volumes().list().stream()
                        .filter(volume -> VolumeFilter.passes(filter, volume, call.now()))
                        .sorted(Comparator.comparing(VolumeSummary::name))
                        .toList();
        if (quiet) {
            call.lines(volumes.stream().map(VolumeSummary::name).toList());
            return 0;
        }
        var rows = volumes.stream().map(VolumeJson::of).toList();
        var listing = Listing.of(format, !noHeading);
        if (!rows.isEmpty() || format.isPresent()) {
            listing.print(call, COLUMNS, rows, () -> Listing.array(rows));
        }
        return 0;
    }
}
