package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import dev.kelpie.kubeplay.yaml.Node;
import java.util.List;

/// Rules for what a pod is told of names: `hostAliases` and `dnsConfig`.
final class ResolverRules {

    private static final int MAX_HOSTNAME = 64;
    private static final int MAX_NAMESERVERS = 3;
    private static final int MAX_SEARCHES = 32;
    private static final int MAX_SEARCH_LENGTH = 2048;

    private final Complaints complaints;
    private final NameRules names;

    ResolverRules(Complaints complaints, NameRules names) {
        this.complaints = complaints;
        this.names = names;
    }

    void check(Mapping spec) {
        for (var alias : spec.mappings("hostAliases")) {
            if (complaints.required(alias, "ip")) {
                addresses(alias.scalar("ip").stream().toList());
            }
            for (var name : alias.scalars("hostnames")) {
                if (!NameRules.isDnsSubdomain(name.text())) {
                    complaints.at(
                            name, "must be a host name, was " + Complaints.quoted(name.text()));
                }
            }
        }
        config(spec.mapping("dnsConfig"));
        names.label(spec, "subdomain");
        policy(spec);
        hostname(spec);
    }

    private void policy(Mapping spec) {
        complaints.oneOf(
                spec,
                "dnsPolicy",
                List.of("ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"));
        if (spec.text("dnsPolicy").orElse("").equals("None")
                && spec.mapping("dnsConfig").texts("nameservers").isEmpty()) {
            complaints.at(
                    spec, "dnsPolicy", "None needs at least one entry of dnsConfig.nameservers");
        }
    }

    private void hostname(Mapping spec) {
        var override = spec.word("hostnameOverride");
        if (override.isEmpty()) {
            return;
        }
        if (!NameRules.isDnsSubdomain(override.get()) || override.get().length() > MAX_HOSTNAME) {
            complaints.at(
                    spec,
                    "hostnameOverride",
                    "must be a host name of at most "
                            + MAX_HOSTNAME
                            + " characters, was "
                            + Complaints.quoted(override.get()));
        }
        for (var other : List.of("setHostnameAsFQDN", "hostNetwork")) {
            if (spec.flag(other)) {
                complaints.at(
                        spec, "hostnameOverride", "must not be written together with " + other);
            }
        }
    }

    private void config(Mapping config) {
        addresses(config.scalars("nameservers"));
        most(config, "nameservers", MAX_NAMESERVERS);
        most(config, "searches", MAX_SEARCHES);
        var length = String.join(" ", config.texts("searches")).length();
        if (length > MAX_SEARCH_LENGTH) {
            complaints.at(
                    config, "searches", "must be at most " + MAX_SEARCH_LENGTH + " characters");
        }
        for (var search : config.scalars("searches")) {
            var name =
                    search.text().endsWith(".")
                            ? search.text().substring(0, search.text().length() - 1)
                            : search.text();
            if (!name.isEmpty() && !NameRules.isDnsSubdomain(name.replace('_', '-'))) {
                complaints.at(
                        search, "must be a domain name, was " + Complaints.quoted(search.text()));
            }
        }
        for (var option : config.mappings("options")) {
            complaints.required(option, "name");
            for (var key : List.of("name", "value")) {
                if (option.text(key).orElse("").matches("(?s).*\\s.*")) {
                    complaints.at(option, key, "must not contain blanks");
                }
            }
        }
    }

    private void addresses(List<Node.Scalar> texts) {
        for (var text : texts) {
            if (!text.text().isEmpty() && !IpAddress.valid(text.text())) {
                complaints.at(text, "must be an IP address, was " + Complaints.quoted(text.text()));
            }
        }
    }

    private void most(Mapping owner, String key, int most) {
        var count = owner.items(key).size();
        if (count > most) {
            complaints.at(owner, key, "must be at most " + most + ", were " + count);
        }
    }
}
