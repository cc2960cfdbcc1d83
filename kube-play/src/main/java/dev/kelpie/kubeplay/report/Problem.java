package dev.kelpie.kubeplay.report;

/// One thing that stops a play.
///
/// @param path of the field, `spec.containers[0].image`; empty for the document as a whole
/// @param message what is wrong and what would be right, lower case, without full stop
/// @param suggestion what was probably meant, may be empty
public record Problem(Place place, String path, String message, String suggestion) {

    /// The line to show: place, path, what is wrong, what was meant.
    @Override
    public String toString() {
        var text = new StringBuilder().append(place).append(": ");
        if (!path.isEmpty()) {
            text.append(path).append(": ");
        }
        text.append(message);
        if (!suggestion.isEmpty()) {
            text.append("; ").append(suggestion);
        }
        return text.toString();
    }
}
