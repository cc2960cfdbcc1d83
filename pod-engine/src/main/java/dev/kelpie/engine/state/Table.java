package dev.kelpie.engine.state;

import java.util.Locale;

/// What is stored; each in a table `(key, body)` of its own, the body one line of JSON.
enum Table {
    POD(PodRow.class),
    CONTAINER(ContainerRow.class),
    VOLUME(VolumeRow.class),
    NETWORK(NetworkRow.class),
    ADDRESS(AddressRow.class),
    EXIT(ExitRow.class),
    SECRET(SecretRow.class),
    SERVICE(ServiceRow.class),
    CRON(CronRow.class);

    private final Class<?> row;

    Table(Class<?> row) {
        this.row = row;
    }

    Class<?> row() {
        return row;
    }

    String sqlName() {
        return name().toLowerCase(Locale.ROOT) + "_row";
    }
}
