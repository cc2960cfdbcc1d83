package dev.kelpie.quadlet.translate;

import dev.kelpie.quadlet.translate.QuadletException.BadKeyException;
import dev.kelpie.quadlet.unit.Section;
import java.util.Locale;

/// `.build`: a service that builds an image.
final class BuildUnit {
    private static final String WHERE = "SetWorkingDirectory";

    private final Conversion conversion;
    private final Section own;

    BuildUnit(Conversion conversion) {
        this.conversion = conversion;
        own = conversion.own();
    }

    void convert() {
        if (conversion.unit().resource().isEmpty()) {
            throw new BadKeyException("ImageTag", "no ImageTag key specified");
        }
        var line = conversion.command("build");
        own.text("Pull").ifPresent(policy -> line.add("--pull=" + policy));
        line.texts("Arch", "--arch", "AuthFile", "--authfile", "IgnoreFile", "--ignorefile");
        line.texts("Target", "--target", "Variant", "--variant");
        line.texts("Retry", "--retry", "RetryDelay", "--retry-delay");
        line.truths("TLSVerify", "--tls-verify", "ForceRM", "--force-rm");
        line.all("DNS", "--dns", "DNSOption", "--dns-option", "DNSSearch", "--dns-search");
        line.all("GroupAdd", "--group-add", "ImageTag", "--tag");
        line.pairs("BuildArg", "--build-arg", "Environment", "--env");
        line.pairs("Label", "--label", "Annotation", "--annotation");
        var references = new References(conversion);
        references.networks(line);
        line.commandWords("Secret", "--secret");
        references.volumes(line);
        line.texts("File", "--file").podmanArgs();
        context(line);
        conversion.addService("ExecStart", line);
        conversion.oneshot(false);
    }

    /// Where the build runs, and what it builds.
    private void context(CommandLine line) {
        var wanted = own.text(WHERE).orElse("");
        var context = isContext(wanted) ? wanted : "";
        boolean alone = wanted.startsWith("/") || isUrl(wanted);
        var folder = alone ? "" : workingDirectory(wanted);
        var users = conversion.service().text("WorkingDirectory").orElse("");
        if (!users.isEmpty()) {
            folder = users;
            context = alone ? context : ""; // a folder that the user chose is the context
        } else if (!folder.isEmpty()) {
            conversion.addService("WorkingDirectory", folder);
        }
        var file = own.text("File").orElse("");
        if (!context.isEmpty()) {
            line.add(context);
        } else if (file.isEmpty() || !(Conversion.isAbsolute(file) || isUrl(file))) {
            line.add(required(folder, file));
        }
    }

    private String workingDirectory(String wanted) {
        return switch (wanted.toLowerCase(Locale.ROOT)) {
            case "" -> "";
            case "yaml" ->
                    throw new BadKeyException(
                            WHERE, "SetWorkingDirectory=yaml is only supported in .kube files");
            case "file" ->
                    Conversion.folderOf(
                            conversion.absolute(
                                    own.text("File")
                                            .orElseThrow(() ->
                                                    new BadKeyException(
                                                            "File", "no File key specified"))));
            default -> conversion.unit().folder().toString();
        };
    }

    private static String required(String folder, String file) {
        if (!folder.isEmpty()) {
            return folder;
        }
        if (file.isEmpty()) {
            throw new BadKeyException(WHERE, "neither SetWorkingDirectory, nor File key specified");
        }
        throw new BadKeyException(
                WHERE, "relative path in File key requires SetWorkingDirectory key to be set");
    }

    private static boolean isContext(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "", "unit", "file", "yaml" -> false;
            default -> true;
        };
    }

    private static boolean isUrl(String place) {
        int host = place.indexOf("github.com/");
        return place.startsWith("http://")
                || place.startsWith("https://")
                || place.startsWith("git://")
                || (host >= 0 && host + "github.com/".length() < place.length());
    }
}
