package dev.kelpie.kubeplay.support;

import static dev.kelpie.kubeplay.support.FieldRule.honoured;
import static dev.kelpie.kubeplay.support.FieldRule.later;
import static dev.kelpie.kubeplay.support.FieldRule.noEffect;
import static dev.kelpie.kubeplay.support.FieldRule.part;

import java.util.List;

/// The fields of a Service.
final class ServiceFields {

    private static final String ONE_MACHINE = "there is one machine";

    private ServiceFields() {}

    static List<FieldRule> service() {
        return List.of(
                honoured("apiVersion"),
                honoured("kind"),
                part("metadata", PodFields.metadata()),
                part("spec", spec()).judged(Judges::served),
                noEffect("status", "a cluster writes it"));
    }

    private static List<FieldRule> spec() {
        return List.of(
                honoured("selector", "pods of its namespace, also of other plays"),
                honoured("type", "`ClusterIP`, `NodePort`, `LoadBalancer`")
                        .judged(Judges::serviceType),
                honoured("clusterIP", "an IPv4 address that pods and the host reach, or `None`"),
                honoured("clusterIPs", "the first"),
                part(
                        "ports",
                        honoured("name"),
                        honoured("port", "for a `LoadBalancer` at every address of the host too"),
                        honoured("protocol"),
                        honoured("targetPort", "a number, or the name of a container's port"),
                        honoured("nodePort", "any free one of 30000-32767 without it"),
                        noEffect("appProtocol", "connections are passed on as they are")),
                honoured("publishNotReadyAddresses"),
                honoured("sessionAffinity", "by the client's address, without a time"),
                noEffect("sessionAffinityConfig", "a client meets the same pod while pods stay"),
                noEffect("allocateLoadBalancerNodePorts", "only those written are"),
                noEffect("externalTrafficPolicy", ONE_MACHINE),
                noEffect("internalTrafficPolicy", ONE_MACHINE),
                noEffect("trafficDistribution", ONE_MACHINE),
                noEffect("healthCheckNodePort", ONE_MACHINE),
                noEffect("loadBalancerClass", "the machine itself balances"),
                noEffect("loadBalancerIP", "every address of the machine"),
                later("loadBalancerSourceRanges"),
                later("externalIPs"),
                later("externalName"),
                honoured("ipFamilies", "`IPv4`").judged(Judges::ipFamilies),
                noEffect("ipFamilyPolicy", "pods have IPv4 addresses"));
    }
}
