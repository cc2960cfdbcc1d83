package dev.kelpie.kubeplay.report;

/// What becomes of one field of a manifest.
///
/// @param object the document it stands in, `Pod web`
/// @param path of the field, `spec.nodeSelector`
/// @param value as written, shortened; empty for a structure
/// @param reason why, may be empty where the verdict says it all
public record Note(
        Place place, String object, String path, String value, Verdict verdict, String reason) {

    /// The line to show: place, path, verdict, reason.
    @Override
    public String toString() {
        var text = new StringBuilder().append(place).append(": ").append(path);
        if (!value.isEmpty()) {
            text.append(" '").append(value).append('\'');
        }
        text.append(": ").append(verdict.words());
        if (!reason.isEmpty()) {
            text.append(": ").append(reason);
        }
        return text.toString();
    }
}
