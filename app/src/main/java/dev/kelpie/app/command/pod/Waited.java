package dev.kelpie.app.command.pod;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.PodAwait;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.Times;
import dev.kelpie.engine.report.PodSummary;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// `wait --for`: waits for pods as `kubectl wait` does.
public final class Waited {
    private static final Duration FOREVER = Duration.ofDays(7);

    private Waited() {}

    /// Waits for all of these (`NAME` or `pod/NAME`) and prints each that is as wished.
    public static int run(Call call, String wished, String timeout, List<String> names)
            throws InterruptedException {
        var wish = wish(wished);
        var pods = names.stream().map(name -> name.replaceFirst("^pods?/", "")).toList();
        if (!wish.gone()) {
            for (var pod : pods) {
                call.engine().pods().find(pod);
            }
        }
        PodAwait.until(call, pods, wish, longest(timeout));
        pods.forEach(
                pod -> call.line("pod/" + pod + (wish.gone() ? " deleted" : " condition met")));
        return 0;
    }

    private static Duration longest(String timeout) {
        return timeout.startsWith("-") ? FOREVER : Times.span("--timeout", timeout);
    }

    /// `condition=Ready`, `condition=Ready=false`, `delete`, `jsonpath={.status.phase}=Running`.
    static PodAwait.Wish wish(String wished) {
        if (wished.equals("delete")) {
            return PodAwait.Wish.deleted();
        }
        if (wished.startsWith("condition=")) {
            return condition(wished.substring("condition=".length()));
        }
        if (wished.startsWith("jsonpath=")) {
            return jsonPath(wished.substring("jsonpath=".length()).replace("'", ""));
        }
        throw FlagException.syntax(
                "invalid argument \""
                        + wished
                        + "\" for \"--for\" flag: must be condition=NAME[=VALUE], delete or"
                        + " jsonpath={PATH}=VALUE");
    }

    private static PodAwait.Wish condition(String text) {
        int equals = text.indexOf('=');
        var name = equals < 0 ? text : text.substring(0, equals);
        var value = equals < 0 ? "true" : text.substring(equals + 1).toLowerCase(Locale.ROOT);
        if (name.isEmpty() || !List.of("true", "false").contains(value)) {
            throw FlagException.syntax("invalid condition \"" + text + "\" for \"--for\" flag");
        }
        Predicate<PodSummary> holds =
                pod ->
                        pod.state().conditions().stream()
                                .anyMatch(c ->
                                        c.type().equalsIgnoreCase(name)
                                                && c.holds() == value.equals("true"));
        return PodAwait.Wish.of(
                value.equals("true") && name.equalsIgnoreCase("ready")
                        ? "ready"
                        : "as wished (" + text + ")",
                holds);
    }

    private static PodAwait.Wish jsonPath(String text) {
        int end = text.indexOf('}');
        if (!text.startsWith("{.") || end < 0) {
            throw new CommandException("jsonpath must be {.PATH}=VALUE, was \"" + text + "\"");
        }
        var path = text.substring(0, end + 1);
        var value = text.length() > end + 2 ? text.substring(end + 2) : "";
        return PodAwait.Wish.of(
                "as wished (" + text + ")",
                pod -> {
                    var found = PodStatusJson.at(PodStatusJson.of(pod), path).asText("");
                    return value.isEmpty() ? !found.isEmpty() : found.equals(value);
                });
    }
}
