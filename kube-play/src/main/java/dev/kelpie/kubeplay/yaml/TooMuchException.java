package dev.kelpie.kubeplay.yaml;

import dev.kelpie.kubeplay.report.Place;

/// A document that grows beyond its bounds when aliases are followed; stays within this package.
final class TooMuchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Place place;
    private final String reason;

    TooMuchException(Place place, String reason) {
        super(reason, null, false, false);
        this.place = place;
        this.reason = reason;
    }

    Place place() {
        return place;
    }

    String reason() {
        return reason;
    }
}
