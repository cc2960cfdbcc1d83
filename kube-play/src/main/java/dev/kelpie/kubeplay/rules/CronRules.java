package dev.kelpie.kubeplay.rules;

import dev.kelpie.engine.spec.CronSchedule;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

/// Rules for CronJobs.
final class CronRules {

    /// So that the names of its runs are names.
    private static final int MAX_NAME = 52;

    private final Complaints complaints;

    CronRules(Complaints complaints) {
        this.complaints = complaints;
    }

    void check(Mapping cronJob) {
        var metadata = cronJob.mapping("metadata");
        if (metadata.text("name").orElse("").length() > MAX_NAME) {
            complaints.at(metadata, "name", "must be at most " + MAX_NAME + " characters");
        }
        if (!complaints.required(cronJob, "spec")) {
            return;
        }
        var spec = cronJob.mapping("spec");
        if (complaints.required(spec, "schedule")) {
            schedule(spec);
        }
        zone(spec);
        complaints.required(spec, "jobTemplate");
        complaints.oneOf(spec, "concurrencyPolicy", List.of("Allow", "Forbid", "Replace"));
        complaints.notNegative(spec, "startingDeadlineSeconds");
        complaints.notNegative(spec, "successfulJobsHistoryLimit");
        complaints.notNegative(spec, "failedJobsHistoryLimit");
    }

    private void schedule(Mapping spec) {
        var text = spec.text("schedule").orElse("");
        if (text.contains("TZ=")) {
            complaints.at(spec, "schedule", "cannot use TZ or CRON_TZ in schedule, use timeZone");
            return;
        }
        try {
            var _ = new CronSchedule(text);
        } catch (IllegalArgumentException e) {
            complaints.at(spec, "schedule", String.valueOf(e.getMessage()));
        }
    }

    private void zone(Mapping spec) {
        var zone = spec.word("timeZone");
        try {
            zone.ifPresent(ZoneId::of);
        } catch (DateTimeException _) {
            complaints.at(
                    spec, "timeZone", "unknown time zone " + Complaints.quoted(zone.orElse("")));
        }
    }
}
