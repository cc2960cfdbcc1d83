package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.runtime.Command;
import org.junit.jupiter.api.Test;

class NetworkFactsIT {

    @Test
    void looksWithoutChangingAnything() throws InterruptedException {
        var tables = Command.of("nft", "list", "tables").run().stdout();
        var facts = NetworkFacts.probe();
        assertThat(facts).extracting(NetworkFact::subject).contains("nft", "ip", "forward policy");
        assertThat(facts)
                .filteredOn(fact -> !fact.good())
                .allMatch(fact -> fact.mend().isPresent());
        assertThat(NetworkFacts.nft()).matches(NetworkFact::good);
        assertThat(Command.of("nft", "list", "tables").run().stdout()).isEqualTo(tables);
    }
}
