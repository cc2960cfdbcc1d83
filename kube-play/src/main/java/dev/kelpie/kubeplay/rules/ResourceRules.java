package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.schema.Amount;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.List;
import java.util.Optional;

/// Rules for what a container may use and is promised.
final class ResourceRules {

    private static final String HUGE = "hugepages-";

    private final Complaints complaints;

    ResourceRules(Complaints complaints) {
        this.complaints = complaints;
    }

    void check(Mapping resources) {
        var limits = resources.mapping("limits");
        var requests = resources.mapping("requests");
        amounts(limits);
        amounts(requests);
        hugePages(limits, requests);
        for (var name : List.of("cpu", "memory")) {
            var limit = amount(limits, name);
            var request = amount(requests, name);
            if (limit.isPresent()
                    && request.isPresent()
                    && limit.get().value().compareTo(request.get().value()) < 0) {
                complaints.at(
                        requests,
                        name,
                        "must not be more than the limit of "
                                + limits.text(name).orElse("")
                                + ", was "
                                + requests.text(name).orElse(""));
            }
        }
    }

    private void hugePages(Mapping limits, Mapping requests) {
        for (var name : requests.entries().keySet()) {
            if (name.startsWith(HUGE) && !equal(limits, requests, name)) {
                complaints.at(requests, name, "must be equal to the limit");
            }
        }
        for (var name : limits.entries().keySet()) {
            if (!name.startsWith(HUGE)) {
                continue;
            }
            var page = Amount.parse(name.substring(HUGE.length()));
            var wanted = amount(limits, name);
            if (page.isEmpty() || page.get().units() <= 0) {
                complaints.at(limits, name, "must name the size of a page, such as hugepages-2Mi");
            } else if (wanted.isPresent() && wanted.get().units() % page.get().units() != 0) {
                complaints.at(limits, name, "must be whole pages");
            }
            if (!limits.has("cpu") && !limits.has("memory") && !hasAny(requests)) {
                complaints.at(limits, name, "needs a limit or request of cpu or memory beside it");
            }
        }
    }

    private static boolean hasAny(Mapping requests) {
        return requests.has("cpu") || requests.has("memory");
    }

    private static boolean equal(Mapping limits, Mapping requests, String name) {
        var limit = amount(limits, name);
        var request = amount(requests, name);
        return limit.isPresent()
                && request.isPresent()
                && limit.get().value().compareTo(request.get().value()) == 0;
    }

    /// Amounts by the names of what they are of.
    void amounts(Mapping amounts) {
        amounts.entries().keySet().forEach(name -> checkAmount(amounts, name));
    }

    private void checkAmount(Mapping amounts, String name) {
        if (DeviceKeys.isDevice(name) && !DeviceKeys.isGood(name)) {
            complaints.at(
                    amounts,
                    name,
                    "must name a device as vendor.com/class=name or "
                            + DeviceKeys.PATH
                            + "/dev/x[:/dev/y][:rwm]");
        }
        var amount = amount(amounts, name);
        if (amount.isEmpty()) {
            return;
        }
        var text = amounts.text(name).orElse("");
        if (amount.get().negative()) {
            complaints.at(amounts, name, "must not be negative, was " + text);
        } else if (name.equals("memory") && !amount.get().whole()) {
            complaints.at(
                    amounts,
                    name,
                    "must be whole bytes, was " + Complaints.quoted(text),
                    text.endsWith("m")
                            ? "did you mean '" + text.substring(0, text.length() - 1) + "Mi'?"
                            : "");
        }
    }

    private static Optional<Amount> amount(Mapping amounts, String name) {
        return amounts.text(name).flatMap(Amount::parse);
    }
}
