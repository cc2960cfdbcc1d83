package dev.kelpie.engine.process;

import dev.kelpie.runtime.kernel.Capability;
import dev.kelpie.runtime.kernel.ProcessReading;
import dev.kelpie.runtime.oci.UserDatabase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One process of a container, as it sees itself.
public final class ContainerProcess {

    private static final long TICKS = 100;
    private static final int MOST_GROUPS = 64;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    private final ProcessReading reading;
    private final Surroundings around;

    /// What is the same for all processes of a container.
    ///
    /// @param users as the container's own files have them
    /// @param pids of the same PID namespace by pid on the host
    record Surroundings(
            UserDatabase users,
            UserDatabase hostUsers,
            Map<Integer, Integer> pids,
            Instant now,
            Duration uptime) {}

    ContainerProcess(ProcessReading reading, Surroundings around) {
        this.reading = reading;
        this.around = around;
    }

    /// As the host sees it.
    public int hostPid() {
        return reading.pid();
    }

    /// In the innermost PID namespace it is in.
    public int pid() {
        return reading.innerPid();
    }

    int parent() {
        return around.pids().getOrDefault(reading.number(1), 0);
    }

    String processGroup() {
        var words = reading.status("NSpgid").split("\\s+", -1);
        return words[words.length - 1];
    }

    String arguments() {
        var arguments = reading.arguments();
        return arguments.isEmpty() ? "[" + command() + "]" : arguments;
    }

    String command() {
        return reading.command();
    }

    /// A field of /proc/PID/stat after the name, counted from 0.
    String field(int index) {
        return reading.field(index);
    }

    String kilobytes(String key) {
        var value = reading.status(key).replaceAll("[^0-9]", "");
        return value.isEmpty() ? "0" : value;
    }

    private Duration ticks(long count) {
        return Duration.ofMillis(count * 1000 / TICKS);
    }

    private Duration age() {
        var age = around.uptime().minus(ticks(reading.number64(19)));
        return age.isNegative() ? Duration.ZERO : age;
    }

    private Duration used() {
        return ticks(reading.number64(11) + reading.number64(12));
    }

    String elapsed() {
        return goDuration(age());
    }

    String cpuTime() {
        return goDuration(used());
    }

    String cpuShare() {
        double seconds = Math.max(0.01, age().toMillis() / 1000.0);
        return new BigDecimal(used().toMillis() / 10.0 / seconds)
                .setScale(3, RoundingMode.HALF_UP)
                .toPlainString();
    }

    String begun() {
        return CLOCK.format(around.now().minus(age()));
    }

    /// As Go prints a span: `1m2.5s`.
    static String goDuration(Duration span) {
        long seconds = span.toSeconds();
        var rest =
                BigDecimal.valueOf(seconds % 60)
                        .add(BigDecimal.valueOf(span.toMillisPart()).movePointLeft(3))
                        .stripTrailingZeros()
                        .toPlainString();
        var hours = seconds >= 3600 ? seconds / 3600 + "h" : "";
        var minutes = seconds >= 60 ? seconds / 60 % 60 + "m" : "";
        return hours + minutes + rest + "s";
    }

    String terminal() {
        int device = reading.number(4);
        int major = (device >> 8) & 0xfff;
        int minor = (device & 0xff) | ((device >> 12) & 0xfff00);
        if (device == 0) {
            return "?";
        }
        return major >= 136 && major <= 143
                ? "pts/" + (minor + (major - 136) * 256)
                : "tty" + minor;
    }

    String label() {
        return reading.label();
    }

    String seccomp() {
        return switch (reading.status("Seccomp")) {
            case "0" -> "disabled";
            case "1" -> "strict";
            case "2" -> "filter";
            default -> "?";
        };
    }

    String capabilities(String key) {
        var hex = reading.status(key);
        long mask = hex.matches("[0-9a-fA-F]{1,16}") ? Long.parseUnsignedLong(hex, 16) : 0;
        if (mask == 0) {
            return "none";
        }
        var names = new ArrayList<String>();
        for (var capability : Capability.values()) {
            if ((mask >> capability.number() & 1) == 1) {
                names.add(capability.name());
            }
        }
        return names.size() == Capability.values().length ? "full" : String.join(",", names);
    }

    private long id(String key, int which) {
        var words = reading.status(key).split("\\s+", -1);
        return which < words.length && words[which].matches("[0-9]{1,10}")
                ? Long.parseLong(words[which])
                : 0;
    }

    /// Real (0) or effective (1).
    String user(int which) {
        long inner = reading.inner("uid_map", id("Uid", which));
        return around.users().userName(inner).orElse(Long.toString(inner));
    }

    String group(int which) {
        return groupName(id("Gid", which), true);
    }

    String hostUser(int which) {
        long id = id("Uid", which);
        return around.hostUsers().userName(id).orElse(Long.toString(id));
    }

    String hostGroup(int which) {
        return groupName(id("Gid", which), false);
    }

    private String groupName(long id, boolean inside) {
        long shown = inside ? reading.inner("gid_map", id) : id;
        var database = inside ? around.users() : around.hostUsers();
        return database.groupName(shown).orElse(Long.toString(shown));
    }

    String groups(boolean inside) {
        return Stream.of(reading.status("Groups").split("\\s+", -1))
                .filter(word -> word.matches("[0-9]{1,10}"))
                .limit(MOST_GROUPS)
                .map(word -> groupName(Long.parseLong(word), inside))
                .collect(Collectors.joining(","));
    }
}
