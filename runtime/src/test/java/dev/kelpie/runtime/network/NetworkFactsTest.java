package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NetworkFactsTest {

    @Test
    void findsAForwardPolicyThatDropsInEitherIptables() {
        var chains =
                "table ip filter {\n\tchain FORWARD {\n\t\ttype filter hook forward priority"
                        + " filter; policy drop;\n\t}\n}\n";
        assertThat(NetworkFacts.forwardPolicy(chains, "").good()).isFalse();
        assertThat(NetworkFacts.forwardPolicy("", "-P FORWARD DROP\n").good()).isFalse();
        assertThat(NetworkFacts.forwardPolicy(chains.replace("policy drop", "policy accept"), ""))
                .extracting(NetworkFact::good)
                .isEqualTo(true);
        var input = chains.replace("hook forward", "hook input");
        assertThat(NetworkFacts.forwardPolicy(input, "-P FORWARD ACCEPT\n").good()).isTrue();
    }

    @Test
    void findsAnInputPolicyThatDrops() {
        assertThat(NetworkFacts.inputPolicy("", "-P INPUT DROP\n").good()).isFalse();
        assertThat(NetworkFacts.inputPolicy("", "-P INPUT ACCEPT\n").good()).isTrue();
    }

    @Test
    void findsFirewalld() {
        assertThat(NetworkFacts.firewalld("table ip nat\ntable inet firewalld\n").mend())
                .hasValueSatisfying(mend -> assertThat(mend).startsWith("firewall-cmd"));
        assertThat(NetworkFacts.firewalld("table ip nat\n").good()).isTrue();
    }
}
