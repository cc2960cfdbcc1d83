package dev.kelpie.kubeplay.yaml;

import dev.kelpie.kubeplay.report.Findings;
import dev.kelpie.kubeplay.report.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/// Reads the documents of one text. What cannot be read is reported to the findings; the documents
/// before it are still returned, so that their problems come to light in the same run.
public final class YamlReader {

    /// As large as a file may be, in characters: the limit of an object in etcd is half of it.
    public static final int MAX_LENGTH = 3 * 1024 * 1024;

    private static final int MAX_DEPTH = 100;
    private static final int MAX_ALIASES = 1000;

    private static final Pattern SLASH = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\/");
    private static final String SLASHED = "$1\\\\x2f";

    private final String file;
    private final Findings findings;

    public YamlReader(String file, Findings findings) {
        this.file = file;
        this.findings = findings;
    }

    /// All documents that are not empty.
    public List<Node> read(String text) {
        findings.enter(file);
        var refused = TextCheck.refuse(file, text);
        if (refused.isPresent()) {
            findings.problem(refused.get());
            return List.of();
        }
        return compose(prepared(text));
    }

    /// Without byte order mark; in JSON, where YAML's ban on tabs has no place, with spaces for
    /// tabs, and with an escape that YAML 1.1 knows for JSON's escaped slash.
    private static String prepared(String text) {
        var body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        var start = body.stripLeading();
        return start.startsWith("{")
                ? SLASH.matcher(body.replace('\t', ' ')).replaceAll(SLASHED)
                : body;
    }

    private List<Node> compose(String text) {
        var documents = new ArrayList<Node>();
        var builder = new TreeBuilder(file, findings);
        try {
            var composer = composer(text);
            while (composer.checkNode()) {
                var document = builder.build(composer.getNode());
                if (!document.absent()) {
                    documents.add(document);
                }
            }
        } catch (TooMuchException e) {
            findings.problem(e.place(), "", e.reason());
        } catch (YAMLException e) {
            report(e, text);
        }
        return documents;
    }

    private Composer composer(String text) {
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_LENGTH);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(MAX_ALIASES);
        var parser = new BoundedParser(file, new ParserImpl(new StreamReader(text), options));
        return new Composer(parser, new PlainResolver(), options);
    }

    private void report(YAMLException e, String text) {
        if (e instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            var mark = marked.getProblemMark();
            var place = new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
            findings.problem(
                    place,
                    "",
                    "not valid YAML: " + SyntaxWords.of(marked, lineAt(text, mark.getLine())));
            return;
        }
        var said = Optional.ofNullable(e.getMessage()).orElse("");
        var message =
                said.contains("Nesting Depth")
                        ? "nested deeper than " + MAX_DEPTH + " levels"
                        : said.contains("aliases")
                                ? "more than " + MAX_ALIASES + " aliases of lists and objects"
                                : "not valid YAML: " + said.toLowerCase(Locale.ROOT);
        findings.problem(Place.whole(file), "", message);
    }

    private static String lineAt(String text, int line) {
        return text.lines().skip(line).findFirst().orElse("");
    }

    /// Resolves no types: what plain scalars stand for is our own affair.
    private static final class PlainResolver extends Resolver {
        @Override
        protected void addImplicitResolvers() {}

        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            return switch (kind) {
                case sequence -> Tag.SEQ;
                case mapping -> Tag.MAP;
                case scalar, anchor -> implicit ? TreeBuilder.PLAIN : Tag.STR;
            };
        }
    }
}
