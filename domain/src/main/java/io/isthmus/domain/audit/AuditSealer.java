package io.isthmus.domain.audit;

import io.isthmus.domain.encryption.SecretBox;
import io.isthmus.domain.encryption.UnreadableSecret;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Takes what waits into the log: gives each record its position, adds it to the Merkle tree and
 * closes the segment with a seal, all in one transaction. Of several servers one seals at a time.
 */
final class AuditSealer {

  /** Most records of one segment. */
  static final int MOST = 2048;

  /** Every eighth level of the tree is kept; what is between is computed from it. */
  static final int LEVELS = 8;

  private static final Logger LOG = Logger.getLogger(AuditSealer.class.getName());

  private record Pending(long id, String text) {}

  /**
   * Where the log ends.
   *
   * @param kept position from which on texts are kept
   */
  private record Head(CompactRange tree, long kept) {}

  private final DataSource database;
  private final SecretBox box;
  private final Clock clock;

  AuditSealer(DataSource database, SecretBox box, Clock clock) {
    this.database = database;
    this.box = box;
    this.clock = clock;
  }

  /**
   * Seals one segment.
   *
   * @return how many records it has; 0 when nothing waited, or another server is sealing
   */
  int seal() throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        int sealed = seal(connection);
        connection.commit();
        return sealed;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    }
  }

  private int seal(Connection connection) throws SQLException {
    Optional<Head> head = lockHead(connection);
    List<Pending> waiting = head.isPresent() ? waiting(connection) : List.of();
    if (waiting.isEmpty()) {
      return 0;
    }
    CompactRange tree = head.get().tree();
    List<Hash> leaves = new ArrayList<>();
    try (PreparedStatement node =
        connection.prepareStatement(
            "insert into audit_node (level, index, hash) values (?, ?, ?)")) {
      List<SQLException> failures = new ArrayList<>();
      for (Pending each : waiting) {
        Hash leaf = Hash.ofRecord(each.text());
        leaves.add(leaf);
        tree.append(leaf, (level, index, hash) -> keep(node, level, index, hash, failures));
      }
      if (!failures.isEmpty()) {
        throw failures.get(0);
      }
      node.executeBatch();
    }
    insert(connection, waiting, tree.size() - waiting.size());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    insert(
        connection,
        Seal.after(
            JdbcSeals.newest(connection),
            leaves,
            tree,
            head.get().kept(),
            now,
            key(connection, now)));
    moveHead(connection, tree);
    delete(connection, waiting);
    return waiting.size();
  }

  private static void keep(
      PreparedStatement node, int level, long index, Hash hash, List<SQLException> failures) {
    if (level == 0 || level % LEVELS != 0) {
      return;
    }
    try {
      node.setInt(1, level);
      node.setLong(2, index);
      node.setBytes(3, hash.bytes());
      node.addBatch();
    } catch (SQLException e) {
      failures.add(e);
    }
  }

  private static Optional<Head> lockHead(Connection connection) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row =
            select.executeQuery(
                "select size, subtrees, kept from audit_head for update skip locked")) {
      return row.next()
          ? Optional.of(
              new Head(
                  new CompactRange(row.getLong(1), JdbcSeals.hashes(row.getBytes(2))),
                  row.getLong(3)))
          : Optional.empty();
    }
  }

  private static void moveHead(Connection connection, CompactRange tree) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("update audit_head set size = ?, subtrees = ?")) {
      update.setLong(1, tree.size());
      update.setBytes(2, joined(tree.subtrees()));
      update.executeUpdate();
    }
  }

  /** In the order in which they were written, as far as that is known. */
  private static List<Pending> waiting(Connection connection) throws SQLException {
    List<Pending> waiting = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select id, record from audit_pending order by id limit " + MOST)) {
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          waiting.add(new Pending(rows.getLong(1), rows.getString(2)));
        }
      }
    }
    return waiting;
  }

  private static void insert(Connection connection, List<Pending> waiting, long first)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into audit_record (position, record, at, actor, name, project, face, action,
              target, target_id, cloud, outcome, request)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
      long position = first;
      for (Pending each : waiting) {
        AuditRecord record = Cadf.read(each.text());
        insert.setLong(1, position++);
        insert.setString(2, each.text());
        insert.setObject(3, record.at().atOffset(ZoneOffset.UTC));
        insert.setString(4, record.actor().map(AuditRecord.Actor::subject).orElse(null));
        insert.setString(5, record.actor().map(AuditRecord.Actor::name).orElse(null));
        insert.setString(6, record.project().map(Object::toString).orElse(null));
        insert.setString(7, record.face().text());
        insert.setString(8, record.action());
        insert.setString(9, record.target().type());
        insert.setString(10, record.target().id());
        insert.setString(11, record.where().map(AuditRecord.Where::cloud).orElse(null));
        insert.setString(12, record.outcome().text());
        insert.setString(13, record.request().text());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void insert(Connection connection, Seal seal) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into audit_seal (number, first, size, kept, root, previous, at, key, signature,
              leaves)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
      insert.setLong(1, seal.number());
      insert.setLong(2, seal.first());
      insert.setLong(3, seal.size());
      insert.setLong(4, seal.kept());
      insert.setBytes(5, seal.root().bytes());
      insert.setBytes(6, seal.previous().bytes());
      insert.setObject(7, seal.at().atOffset(ZoneOffset.UTC));
      insert.setString(8, seal.key());
      insert.setBytes(9, seal.signature());
      insert.setBytes(10, joined(seal.leaves()));
      insert.executeUpdate();
    }
  }

  private static void delete(Connection connection, List<Pending> sealed) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from audit_pending where id = any (?)")) {
      delete.setArray(
          1, connection.createArrayOf("bigint", sealed.stream().map(Pending::id).toArray()));
      delete.executeUpdate();
    }
  }

  private SealingKey key(Connection connection, Instant now) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row =
            select.executeQuery(
                "select id, public_key, private_key from audit_key order by created_at desc limit"
                    + " 1")) {
      if (row.next()) {
        return SealingKey.of(
            row.getString(2), box.open(row.getString(3), binding(row.getString(1))));
      }
    } catch (UnreadableSecret e) {
      // Records that nothing seals are worse than a key that people see is another.
      LOG.warning(e.getMessage() + "; the audit log is sealed with a new key from now on");
    }
    SealingKey key = SealingKey.generate();
    try (PreparedStatement insert =
        connection.prepareStatement("insert into audit_key values (?, ?, ?, ?)")) {
      insert.setString(1, key.id());
      insert.setString(2, key.publicText());
      insert.setString(3, box.seal(key.privateText(), binding(key.id())));
      insert.setObject(4, OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
      insert.executeUpdate();
    }
    return key;
  }

  private static String binding(String key) {
    return "audit_key/" + key;
  }

  private static byte[] joined(List<Hash> hashes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    hashes.forEach(hash -> bytes.writeBytes(hash.bytes()));
    return bytes.toByteArray();
  }
}
