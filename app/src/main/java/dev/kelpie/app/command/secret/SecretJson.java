package dev.kelpie.app.command.secret;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.format.HumanTime;
import dev.kelpie.engine.report.SecretSummary;
import java.time.Instant;

/// A secret as `secret inspect` and `secret ls` show it.
final class SecretJson {
    static final String DRIVER = "file";

    private SecretJson() {}

    static ObjectNode of(SecretSummary secret) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("ID", secret.id());
        json.put("CreatedAt", HumanTime.stamp(secret.created()));
        json.put("UpdatedAt", HumanTime.stamp(secret.updated()));
        var spec = json.putObject("Spec");
        spec.put("Name", secret.name());
        var driver = spec.putObject("Driver");
        driver.put("Name", DRIVER);
        driver.putObject("Options").put("path", secret.directory().toString());
        var labels = spec.putObject("Labels");
        secret.labels().forEach(labels::put);
        return json;
    }

    static ObjectNode row(SecretSummary secret, Instant now) {
        var row = JsonNodeFactory.instance.objectNode();
        row.put("ID", secret.id());
        row.put("Name", secret.name());
        row.put("Driver", DRIVER);
        row.put("CreatedAt", HumanTime.ago(secret.created(), now));
        row.put("UpdatedAt", HumanTime.ago(secret.updated(), now));
        return row;
    }
}
