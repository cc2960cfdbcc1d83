package dev.kelpie.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostLinksTest {

    private static final String DEV =
            """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets
                lo: 1184516    5016    0    0    0     0          0         0  1184516    5016
            wlp0s20f3:123 4 0 0 0 0 0 0 5 6 0 0 0 0 0 0
            """;
    private static final String ROUTE =
            """
            Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
            eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
            eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
            tun0\t0000590A\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0
            """;

    @Test
    void readsInterfacesAndRoutesButNotTheDefaultOne() {
        var links = HostLinks.parse(DEV, ROUTE);
        assertThat(links.interfaces()).containsExactlyInAnyOrder("lo", "wlp0s20f3");
        assertThat(links.routes())
                .extracting(Subnet::toString)
                .containsExactly("192.0.2.0/24", "10.89.0.0/16");
    }

    @Test
    void readsThisHost() {
        assertThat(HostLinks.read().interfaces()).contains("lo");
    }
}
