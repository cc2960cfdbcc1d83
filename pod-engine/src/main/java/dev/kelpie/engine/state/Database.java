package dev.kelpie.engine.state;

import dev.kelpie.engine.fault.StateException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteException;

/// The file: `state.db`, SQLite with a write-ahead log, synced at each commit. Used by one thread
/// at a time.
final class Database implements AutoCloseable {

    /// What each schema version adds to the one before; never edited, only appended to.
    private static final List<List<String>> MIGRATIONS =
            List.of(
                    List.of(
                            create("pod_row"),
                            create("container_row"),
                            create("volume_row"),
                            create("network_row"),
                            create("address_row"),
                            create("exit_row")),
                    List.of(create("secret_row")),
                    List.of(create("service_row"), create("cron_row")));

    private final Path file;
    private final Json json;
    private final Connection connection;
    private final Map<Table, PreparedStatement> puts = new EnumMap<>(Table.class);
    private final Map<Table, PreparedStatement> deletes = new EnumMap<>(Table.class);

    private Database(Path file, Json json, Connection connection) throws SQLException {
        this.file = file;
        this.json = json;
        this.connection = connection;
        connection.setAutoCommit(false);
        migrate();
        for (var table : Table.values()) {
            puts.put(
                    table,
                    connection.prepareStatement(
                            "INSERT INTO %s (key, body) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET body = excluded.body"
                                    .formatted(table.sqlName())));
            deletes.put(
                    table,
                    connection.prepareStatement(
                            "DELETE FROM %s WHERE key = ?".formatted(table.sqlName())));
        }
    }

    static Database open(Path file, Json json) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(5000);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        try {
            return new Database(file, json, config.createConnection("jdbc:sqlite:" + file));
        } catch (SQLException e) {
            throw new StateException("cannot open state '" + file + "': " + e.getMessage(), e);
        }
    }

    private static String create(String table) {
        return "CREATE TABLE %s (seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, body TEXT NOT NULL)"
                .formatted(table);
    }

    private void migrate() throws SQLException {
        try (var statement = connection.createStatement()) {
            int version;
            try (var found = statement.executeQuery("PRAGMA user_version")) {
                version = found.getInt(1);
            }
            if (version > MIGRATIONS.size()) {
                throw new StateException(
                        "state '%s' has version %d, made by a newer kelpie; this one knows %d"
                                .formatted(file, version, MIGRATIONS.size()));
            }
            for (var migration : MIGRATIONS.subList(version, MIGRATIONS.size())) {
                for (var sql : migration) {
                    statement.executeUpdate(sql);
                }
            }
            statement.executeUpdate("PRAGMA user_version = " + MIGRATIONS.size());
            connection.commit();
        }
    }

    State load() {
        try {
            return new State(
                    rows(Table.POD, PodRow.class),
                    rows(Table.CONTAINER, ContainerRow.class),
                    rows(Table.VOLUME, VolumeRow.class),
                    rows(Table.NETWORK, NetworkRow.class),
                    rows(Table.ADDRESS, AddressRow.class),
                    rows(Table.EXIT, ExitRow.class),
                    rows(Table.SECRET, SecretRow.class),
                    new Brought(
                            rows(Table.SERVICE, ServiceRow.class),
                            rows(Table.CRON, CronRow.class)));
        } catch (SQLException e) {
            throw new StateException("cannot read state '" + file + "': " + e.getMessage(), e);
        }
    }

    private <T> Map<String, T> rows(Table table, Class<T> type) throws SQLException {
        var rows = new LinkedHashMap<String, T>();
        try (var statement = connection.createStatement();
                var found =
                        statement.executeQuery(
                                "SELECT key, body FROM %s ORDER BY seq"
                                        .formatted(table.sqlName()))) {
            while (found.next()) {
                rows.put(found.getString(1), json.read(found.getString(2), type));
            }
        }
        connection.rollback();
        return rows;
    }

    /// Writes all in one transaction; it is on the disk when this returns.
    void write(List<Change.Write> writes) throws SQLException {
        try {
            for (var write : writes) {
                if (write.row().isPresent()) {
                    var put = statement(puts, write.table());
                    put.setString(1, write.key());
                    put.setString(2, json.write(write.row().get()));
                    put.executeUpdate();
                } else {
                    var delete = statement(deletes, write.table());
                    delete.setString(1, write.key());
                    delete.executeUpdate();
                }
            }
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            rollBack(e);
            throw e;
        }
    }

    /// SQLite has rolled back by itself after some failures, a full disk among them.
    private void rollBack(Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /// Whether it failed for want of room; a write-ahead log has its own codes for that.
    static boolean isFull(@Nullable Throwable failure) {
        return failure instanceof SQLiteException e
                && switch (e.getResultCode()) {
                    case SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_SHMSIZE -> true;
                    default -> false;
                };
    }

    private static PreparedStatement statement(
            Map<Table, PreparedStatement> statements, Table table) {
        var statement = statements.get(table);
        if (statement == null) {
            throw new IllegalStateException("no statement for " + table);
        }
        return statement;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new StateException("cannot close state '" + file + "'", e);
        }
    }
}
