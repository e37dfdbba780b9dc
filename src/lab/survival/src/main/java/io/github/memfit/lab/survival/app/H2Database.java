package io.github.memfit.lab.survival.app;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;

/** An in-memory database that is filled with rows, updated and queried. */
public final class H2Database implements Holder {

    private static final int ROW = 1024;
    private static final int BATCH = 100;

    private final SplittableRandom random = new SplittableRandom(1);
    private final Connection connection;
    private final int level;
    private long rows;

    private H2Database(int level) throws SQLException {
        this.level = level;
        // The database must not close itself at an error: the program decides.
        this.connection = DriverManager.getConnection("jdbc:h2:mem:lab;DB_CLOSE_ON_EXIT=FALSE");
        try (Statement create = connection.createStatement()) {
            create.execute("create table item(id bigint primary key, shelf int, name varchar(40), text varchar(2000))");
            create.execute("create index by_shelf on item(shelf)");
        }
        connection.setAutoCommit(false);
    }

    public static void main(String[] arguments) {
        Stage.play(() -> new H2Database(Stage.load(arguments)));
    }

    @Override
    public void grow(long bytes) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into item values(?, ?, ?, ?)")) {
            long until = rows + bytes / ROW;
            while (rows < until) {
                int batch = (int) Math.min(BATCH, until - rows);
                for (int i = 0; i < batch; i++) {
                    insert.setLong(1, rows + i);
                    insert.setInt(2, random.nextInt(1000));
                    insert.setString(3, "item " + (rows + i));
                    insert.setString(4, text(ROW));
                    insert.addBatch();
                }
                insert.executeBatch();
                connection.commit();
                rows += batch;
            }
        }
    }

    @Override
    public void load() throws SQLException {
        if (rows == 0) {
            return;
        }
        try (PreparedStatement shelf = connection.prepareStatement(
                        "select count(*), max(name) from item where shelf between ? and ?");
                PreparedStatement pick = connection.prepareStatement("select text from item where id = ?");
                PreparedStatement update = connection.prepareStatement("update item set shelf = ? where id = ?")) {
            for (int i = 0; i < level; i++) {
                int from = random.nextInt(1000);
                shelf.setInt(1, from);
                shelf.setInt(2, from + 2);
                read(shelf);
            }
            for (int i = 0; i < 20 * level; i++) {
                pick.setLong(1, random.nextLong(rows));
                read(pick);
                update.setInt(1, random.nextInt(1000));
                update.setLong(2, random.nextLong(rows));
                update.executeUpdate();
            }
            connection.commit();
        }
    }

    @Override
    public long held() {
        return rows * ROW;
    }

    private static void read(PreparedStatement query) throws SQLException {
        try (ResultSet result = query.executeQuery()) {
            while (result.next()) {
                result.getString(1);
            }
        }
    }

    private String text(int length) {
        byte[] letters = new byte[length];
        for (int i = 0; i < length; i++) {
            letters[i] = (byte) ('a' + random.nextInt(26));
        }
        return new String(letters, StandardCharsets.ISO_8859_1);
    }
}
