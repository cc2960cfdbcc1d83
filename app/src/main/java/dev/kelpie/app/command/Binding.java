package dev.kelpie.app.command;

import dev.kelpie.app.call.Failures;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Fills a command's fields through picocli.
final class Binding {
    private Binding() {}

    /// A parser that takes every word for what it is: no files behind `@`, no quotes, no variables.
    static CommandLine parser(Verb verb) {
        var parser = new CommandLine(verb);
        parser.setExpandAtFiles(false);
        parser.setInterpolateVariables(false);
        parser.setOverwrittenOptionsAllowed(true);
        parser.setPosixClusteredShortOptionsAllowed(false);
        parser.setAbbreviatedOptionsAllowed(false);
        parser.setTrimQuotes(false);
        parser.setAllowOptionsAsOptionParameters(true);
        return parser;
    }

    static void fill(CommandLine parser, List<String> words) {
        try {
            parser.parseArgs(words.toArray(String[]::new));
        } catch (ParameterException e) {
            throw FlagException.syntax(Failures.text(e));
        }
    }
}
