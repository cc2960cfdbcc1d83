package dev.kelpie.kubegenerate.apply;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts a server's no in words: who, what and which field.
///
/// @param forAll whether no other object can fare better
record Refusal(String reason, boolean forAll) {
    static Refusal of(KubernetesClientException e) {
        if (e.getCode() <= 0) {
            return new Refusal("cannot reach the cluster: " + deepest(e), true);
        }
        return switch (e.getCode()) {
            case 401 ->
                    new Refusal(
                            "the cluster does not know who asks (401 Unauthorized): the"
                                    + " credentials of this context are refused or have run out",
                            true);
            case 403 -> new Refusal("forbidden (403): " + message(e), false);
            case 404 -> new Refusal("not found (404): " + message(e), false);
            case 409 -> new Refusal(conflict(e), false);
            case 422 -> new Refusal("invalid (422): " + fields(e), false);
            default -> new Refusal("the cluster answers " + e.getCode() + ": " + message(e), false);
        };
    }

    /// What was wrong in the first place.
    static String deepest(Throwable e) {
        var at = e;
        while (at.getCause() != null) {
            at = at.getCause();
            if (at instanceof UnresolvedAddressException) {
                return "the host's name is not known";
            }
            if (at instanceof ClosedChannelException) { // what the JDK's client says of it
                return "connection refused";
            }
        }
        var message = at.getMessage();
        return message == null ? at.getClass().getSimpleName() : message;
    }

    private static String message(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus())
                .map(Status::getMessage)
                .orElseGet(() -> String.valueOf(e.getMessage()));
    }

    private static List<StatusCause> causes(KubernetesClientException e) {
        return Optional.ofNullable(e.getStatus())
                .map(Status::getDetails)
                .map(details -> details.getCauses())
                .orElse(List.of());
    }

    private static String conflict(KubernetesClientException e) {
        var lines = new ArrayList<String>();
        for (var cause : causes(e)) {
            // message: conflict with "kubectl" using apps/v1
            lines.add(cause.getField() + ": " + cause.getMessage());
        }
        return lines.isEmpty()
                ? "conflict (409): " + message(e)
                : "conflict (409): "
                        + String.join("; ", lines)
                        + "; leave these fields out, or take them with --force-conflicts";
    }

    private static String fields(KubernetesClientException e) {
        var lines = causes(e).stream().map(c -> c.getField() + ": " + c.getMessage()).toList();
        return lines.isEmpty() ? message(e) : String.join("; ", lines);
    }
}
