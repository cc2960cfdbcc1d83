package dev.kelpie.app.command.volume;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Column;
import dev.kelpie.app.call.Listing;
import dev.kelpie.app.call.ListingFlags;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.report.VolumeSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `volume ls`.
@Command(name = "ls", description = "List volumes")
final class ListVolumes implements Verb {
    private static final List<Column> COLUMNS =
            List.of(new Column("DRIVER", "Driver"), new Column("VOLUME NAME", "Name"));

    private final Call call;

    @Mixin ListingFlags flags = new ListingFlags();

    @Parameters List<String> operands = new ArrayList<>();

    ListVolumes(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        if (flags.quietAndFormat()) {
            throw FlagException.meaning("quiet and format are mutually exclusive");
        }
        var filter = flags.filter(VolumeFilter.OF_LISTS);
        var volumes =
                call.engine().volumes().list().stream()
                        .filter(volume -> VolumeFilter.passes(filter, volume, call.now()))
                        .sorted(Comparator.comparing(VolumeSummary::name))
                        .toList();
        if (flags.namesOnly()) {
            call.lines(volumes.stream().map(VolumeSummary::name).toList());
            return 0;
        }
        var rows = volumes.stream().map(VolumeJson::of).toList();
        var listing = flags.listing();
        if (!rows.isEmpty() || flags.format().isPresent()) {
            listing.print(call, COLUMNS, rows, () -> Listing.array(rows));
        }
        return 0;
    }
}
