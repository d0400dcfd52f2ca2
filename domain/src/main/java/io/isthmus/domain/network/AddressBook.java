package io.isthmus.domain.network;

import io.isthmus.domain.access.ProjectId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which addresses are used by whom. Within a project nothing overlaps, so that all of it can be
 * linked; projects are not linked and may use the same. Takes part in the caller's transaction.
 */
@ApplicationScoped
public class AddressBook {

  /**
   * Where segments of stretched subnets come from: prefixes, separated by commas. The IPv6 one is a
   * unique local prefix (RFC 4193); an operator that links to others should draw an own one.
   */
  public static final String DEFAULT_POOLS = "10.128.0.0/9,fd69:7374:6800::/40";

  private DataSource database;
  private List<Cidr> pools;

  @Inject
  public AddressBook(
      DataSource database,
      @ConfigProperty(name = "isthmus.network.pools", defaultValue = DEFAULT_POOLS) String pools) {
    this.database = database;
    this.pools = Arrays.stream(pools.split(",")).map(String::strip).map(Cidr::of).toList();
  }

  /** For the container's proxies. */
  protected AddressBook() {}

  /** The project's addresses as they are now. */
  public AddressPlan plan(ProjectId project) {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select prefix::text from address_allocation where project = ? order by prefix")) {
      select.setString(1, project.toString());
      return new AddressPlan(pools, prefixes(select).stream().map(Cidr::of).toList());
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the addresses of " + project, e);
    }
  }

  /**
   * Takes the segments of a plan.
   *
   * @param owner the plan's id
   * @return what others have taken meanwhile, in which case the caller rolls back; else empty
   */
  public List<String> reserve(ProjectId project, UUID owner, List<Segment> segments) {
    try (Connection connection = database.getConnection()) {
      lock(connection, project);
      return reserve(connection, project, first(connection, owner), allocations(segments));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot take addresses for " + project, e);
    }
  }

  /**
   * Takes those segments of a changed stack that it does not have yet. A subnet that is new takes
   * its block; one that grows takes each segment that does not lie in its block.
   *
   * @param owner the plan's id
   * @return as {@link #reserve}
   */
  public List<String> reserveMore(ProjectId project, UUID owner, List<Segment> segments) {
    try (Connection connection = database.getConnection()) {
      lock(connection, project);
      UUID first = first(connection, owner);
      List<Cidr> own = new ArrayList<>();
      Set<String> known = new HashSet<>();
      try (PreparedStatement select =
          connection.prepareStatement(
              "select subnet, prefix::text from address_allocation where owner = ?")) {
        select.setObject(1, first);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            known.add(rows.getString(1));
            own.add(Cidr.of(rows.getString(2)));
          }
        }
      }
      List<Segment> fresh =
          segments.stream()
              .filter(
                  segment ->
                      own.stream().noneMatch(block -> block.contains(Cidr.of(segment.cidr()))))
              .toList();
      List<Allocation> wanted =
          new ArrayList<>(
              allocations(
                  fresh.stream().filter(segment -> !known.contains(segment.subnet())).toList()));
      fresh.stream()
          .filter(segment -> known.contains(segment.subnet()))
          .forEach(
              segment -> wanted.add(new Allocation(segment.subnet(), Cidr.of(segment.cidr()))));
      return reserve(connection, project, first, wanted);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot take addresses for " + project, e);
    }
  }

  private record Allocation(String subnet, Cidr block) {}

  private static List<String> reserve(
      Connection connection, ProjectId project, UUID owner, List<Allocation> wanted)
      throws SQLException {
    List<String> gone = new ArrayList<>();
    for (Allocation allocation : wanted) {
      try (PreparedStatement select =
          connection.prepareStatement(
              "select prefix::text from address_allocation"
                  + " where project = ? and owner <> ? and prefix && ?::cidr")) {
        select.setString(1, project.toString());
        select.setObject(2, owner);
        select.setString(3, allocation.block().toString());
        if (!prefixes(select).isEmpty()) {
          gone.add(allocation.block().toString());
        }
      }
    }
    if (gone.isEmpty()) {
      insert(connection, project, owner, wanted);
    }
    return gone;
  }

  /** A stack keeps its addresses under its first plan, whichever changed it since. */
  private static UUID first(Connection connection, UUID plan) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select addresses_of from plan where id = ?")) {
      select.setObject(1, plan);
      try (ResultSet row = select.executeQuery()) {
        UUID first = row.next() ? row.getObject(1, UUID.class) : null;
        return first == null ? plan : first;
      }
    }
  }

  /** By subnet; a stretched one takes its whole block, so that it can grow. */
  private static List<Allocation> allocations(List<Segment> segments) {
    Map<String, List<Cidr>> bySubnet = new LinkedHashMap<>();
    for (Segment segment : segments) {
      bySubnet
          .computeIfAbsent(segment.subnet(), none -> new ArrayList<>())
          .add(Cidr.of(segment.cidr()));
    }
    List<Allocation> allocations = new ArrayList<>();
    bySubnet.forEach(
        (subnet, all) -> allocations.add(new Allocation(subnet, AddressPlan.block(all))));
    return allocations;
  }

  /** Two plans of one project are accepted one after the other. */
  private static void lock(Connection connection, ProjectId project) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement("select pg_advisory_xact_lock(hashtext(?))")) {
      lock.setString(1, "addresses of " + project);
      lock.execute();
    }
  }

  private static void insert(
      Connection connection, ProjectId project, UUID owner, List<Allocation> wanted)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into address_allocation (project, owner, subnet, prefix)"
                + " values (?, ?, ?, ?::cidr) on conflict do nothing")) {
      for (Allocation allocation : wanted) {
        insert.setString(1, project.toString());
        insert.setObject(2, owner);
        insert.setString(3, allocation.subnet());
        insert.setString(4, allocation.block().toString());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /**
   * Gives addresses back, once nothing uses them any more. Safe to repeat.
   *
   * @param owner the plan's id
   */
  public void release(UUID owner) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement("delete from address_allocation where owner = ?")) {
      delete.setObject(1, first(connection, owner));
      delete.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot give back the addresses of " + owner, e);
    }
  }

  private static List<String> prefixes(PreparedStatement select) throws SQLException {
    List<String> prefixes = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        prefixes.add(rows.getString(1));
      }
    }
    return prefixes;
  }
}
