package dev.kelpie.app.flag;

import dev.kelpie.engine.spec.Logging;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// `--log-driver` and `--log-opt`.
public final class LogFlag {

    private LogFlag() {}

    /// What was said of the log.
    ///
    /// @param inUnit whether the journal is where the user will look when no driver is named
    public static Logging parse(String driver, List<String> options, boolean inUnit) {
        var most = OptionalLong.empty();
        var tag = Optional.<String>empty();
        for (var option : options) {
            var equals = option.indexOf('=');
            var name = equals < 0 ? option : option.substring(0, equals);
            var value = option.substring(equals + 1);
            switch (name) {
                case "max-size" -> most = OptionalLong.of(ByteSize.parse("--log-opt", value));
                case "tag" -> tag = Optional.of(value);
                default ->
                        throw FlagException.meaning(
                                "--log-opt " + option + " is not supported: use max-size= or tag=");
            }
        }
        return new Logging(driver(driver, inUnit), most, tag);
    }

    private static Logging.Driver driver(String name, boolean inUnit) {
        return switch (name) {
            case "" -> inUnit ? Logging.Driver.JOURNALD : Logging.Driver.K8S_FILE;
            case "k8s-file", "json-file" -> Logging.Driver.K8S_FILE;
            case "journald" -> Logging.Driver.JOURNALD;
            case "none" -> Logging.Driver.NONE;
            case "passthrough", "passthrough-tty" -> {
                if (inUnit) {
                    yield Logging.Driver.JOURNALD; // where the unit's streams go
                }
                throw FlagException.meaning(
                        "--log-driver="
                                + name
                                + " is for units of systemd: a container cannot have the streams of a"
                                + " command that ends before it; use journald");
            }
            default ->
                    throw FlagException.meaning(
                            "invalid --log-driver \""
                                    + name
                                    + "\": use k8s-file, journald, json-file or none");
        };
    }
}
