package dev.kelpie.runtime.network;

import dev.kelpie.runtime.NetworkException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Lines for one `ip -force -batch -`, see ip(8): ip goes on after a failed line, so a line may
/// fail by saying that there is nothing to do.
final class IpBatch {

    private static final Pattern FAILED = Pattern.compile("Command failed -:(\\d+)");
    private static final Set<String> ALREADY = Set.of("File exists", "already assigned");
    private static final Set<String> GONE =
            Set.of("Cannot find device", "No such device", "does not exist");

    private record Line(String text, Set<String> tolerated) {}

    private final List<Line> lines = new ArrayList<>();

    /// A line that must work.
    void add(String text) {
        lines.add(new Line(text, Set.of()));
    }

    /// A line that makes something which may be there already.
    void ensure(String text) {
        lines.add(new Line(text, ALREADY));
    }

    /// A line about something that may be gone.
    void drop(String text) {
        lines.add(new Line(text, GONE));
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    String toText() {
        var text = new StringBuilder();
        lines.forEach(line -> text.append(line.text()).append('\n'));
        return text.toString();
    }

    /// Reads what ip wrote to stderr; throws `NetworkException` for the first failure that is not
    /// tolerated; gives the lines that were tolerated.
    Set<String> judge(String stderr) {
        var tolerated = new HashSet<String>();
        var reason = new StringBuilder();
        for (var said : stderr.lines().toList()) {
            var failed = FAILED.matcher(said);
            if (!failed.find()) {
                reason.append(reason.isEmpty() ? "" : "; ").append(said.strip());
                continue;
            }
            var number = Integer.parseInt(failed.group(1));
            var line = lines.get(Math.clamp(number - 1, 0, lines.size() - 1));
            var why = reason.toString();
            if (line.tolerated().stream().noneMatch(why::contains)) {
                throw new NetworkException("'ip " + line.text() + "' failed: " + why);
            }
            tolerated.add(line.text());
            reason.setLength(0);
        }
        return tolerated;
    }
}
