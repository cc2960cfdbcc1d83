package dev.kelpie.app.call;

import dev.kelpie.app.flag.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/// The flags of every listing: what is shown, and how.
public final class ListingFlags {
    @Option(
            names = {"-f", "--filter"},
            description = "Only those that pass: KEY=VALUE")
    private List<String> filters = new ArrayList<>();

    @Option(names = "--format", description = "Go template, or json")
    private Optional<String> format = Optional.empty();

    @Option(
            names = {"-n", "--noheading"},
            arity = "0..1",
            description = "No line of headings")
    private boolean noHeading;

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Only what names them: the ids, of volumes and networks the names")
    private boolean quiet;

    /// The filters, of which these keys are known.
    public Filter filter(Set<String> known) {
        return Filter.parse(filters, known);
    }

    /// Whether only ids or names are wanted.
    public boolean namesOnly() {
        return quiet && format.isEmpty();
    }

    /// Whether both were said, which some of Podman's listings refuse.
    public boolean quietAndFormat() {
        return quiet && format.isPresent();
    }

    public boolean noHeading() {
        return noHeading;
    }

    /// What `--format` said.
    public Optional<String> format() {
        return format;
    }

    public Listing listing() {
        return Listing.of(format, !noHeading);
    }
}
