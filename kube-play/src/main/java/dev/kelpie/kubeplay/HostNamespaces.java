package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.Sysctl;
import dev.kelpie.kubeplay.report.Findings;
import java.util.List;

/// Sees that no pod sets kernel parameters of the host's network: the command line may have put it
/// there. Of `hostIPC` the rules know.
final class HostNamespaces {

    private final PlayOptions options;
    private final Findings findings;

    HostNamespaces(PlayOptions options, Findings findings) {
        this.options = options;
        this.findings = findings;
    }

    void check(List<Manifest> manifests) {
        for (var manifest : manifests) {
            if (PortMapper.onHostNetwork(manifest.podSpec(), options)) {
                check(manifest);
            }
        }
    }

    private void check(Manifest manifest) {
        for (var sysctl : manifest.podSpec().mapping("securityContext").mappings("sysctls")) {
            var known = Sysctl.of(sysctl.text("name").orElse(""));
            if (known.filter(it -> it.space() == Sysctl.Space.NETWORK).isPresent()) {
                findings.problem(
                        sysctl.placeOf("name"),
                        sysctl.path().field("name").toString(),
                        "may not be specified when the pod is on the host's network");
            }
        }
    }
}
