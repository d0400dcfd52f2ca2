package io.isthmus.domain.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The log's Merkle tree in PostgreSQL: its leaves are in the seals, and every eighth level above
 * them is kept; what is between is computed, so that no node costs more than 256 hashes.
 */
final class JdbcNodes implements MerkleTree.Nodes {

  private final Connection connection;
  private final Map<String, List<Hash>> read = new HashMap<>();

  JdbcNodes(Connection connection) {
    this.connection = connection;
  }

  @Override
  public Hash node(int level, long index) {
    int kept = level / AuditSealer.LEVELS * AuditSealer.LEVELS;
    int above = level - kept;
    CompactRange range = new CompactRange();
    keptNodes(kept, index << above, 1 << above).forEach(range::append);
    return range.root();
  }

  private List<Hash> keptNodes(int level, long from, int count) {
    return read.computeIfAbsent(
        level + "/" + from + "/" + count,
        absent -> {
          try {
            List<Hash> nodes = level == 0 ? leaves(from, count) : nodes(level, from, count);
            if (nodes.size() != count) {
              throw new IllegalStateException("the audit log's tree lacks nodes of " + absent);
            }
            return nodes;
          } catch (SQLException e) {
            throw new IllegalStateException("cannot read the audit log's tree", e);
          }
        });
  }

  private List<Hash> nodes(int level, long from, int count) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select hash from audit_node where level = ? and index >= ? and index < ?"
                + " order by index")) {
      select.setInt(1, level);
      select.setLong(2, from);
      select.setLong(3, from + count);
      List<Hash> nodes = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          nodes.add(new Hash(rows.getBytes(1)));
        }
      }
      return nodes;
    }
  }

  private List<Hash> leaves(long from, int count) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select first, leaves from audit_seal where size > ? and first < ? order by first")) {
      select.setLong(1, from);
      select.setLong(2, from + count);
      List<Hash> leaves = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          long first = rows.getLong(1);
          List<Hash> of = JdbcSeals.hashes(rows.getBytes(2));
          int begin = (int) Math.max(0, from - first);
          int end = (int) Math.min(of.size(), from + count - first);
          leaves.addAll(of.subList(begin, end));
        }
      }
      return leaves;
    }
  }
}
