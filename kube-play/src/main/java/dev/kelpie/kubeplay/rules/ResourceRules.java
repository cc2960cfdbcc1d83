package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.schema.Amount;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.List;
import java.util.Optional;

/// Rules for what a container may use and is promised.
final class ResourceRules {

    private final Complaints complaints;

    ResourceRules(Complaints complaints) {
        this.complaints = complaints;
    }

    void check(Mapping resources) {
        var limits = resources.mapping("limits");
        var requests = resources.mapping("requests");
        amounts(limits);
        amounts(requests);
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
