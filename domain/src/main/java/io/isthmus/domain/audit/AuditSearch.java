package io.isthmus.domain.audit;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Reads the audit log. A project's people read what was done on its behalf; who administers or
 * audits the federation reads all. Seals, keys and proofs of consistency hold nothing of anybody,
 * and are for everybody who has signed in.
 */
@ApplicationScoped
public class AuditSearch {

  /** Most records in one answer. */
  public static final int MOST = 500;

  /** Records are counted up to so many. */
  public static final int MOST_COUNTED = 10_000;

  /** Projects, and clouds, that are offered to choose from at most. */
  public static final int MOST_SUBJECTS = 1_000;

  private DataSource database;
  private AuditReaders readers;

  @Inject
  AuditSearch(DataSource database, AuditReaders readers) {
    this.database = database;
    this.readers = readers;
  }

  /** For the container's proxies. */
  protected AuditSearch() {}

  private interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  private <T> T run(Work<T> work) {
    try (Connection connection = database.getConnection()) {
      return work.with(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the audit log: " + e.getMessage(), e);
    }
  }

  /**
   * Records, newest first.
   *
   * @param after the last one of the page before
   * @param limit 1 to {@link #MOST}
   * @throws FederationFault NOT_FOUND when the project is not one of the caller's; FORBIDDEN for
   *     who names none and may not read all; REQUEST_INVALID
   */
  @Audited(action = "read/search", target = "audit-record")
  @Transactional
  public AuditPage page(AuditQuery query, Optional<AuditCursor> after, int limit, Caller caller) {
    requireReader(query, caller);
    requireLimit(limit);
    List<AuditEntry> found =
        run(connection -> new JdbcAuditLists(connection).after(query, after, limit + 1));
    List<AuditEntry> shown = found.subList(0, Math.min(limit, found.size()));
    return new AuditPage(
        shown,
        found.size() > limit
            ? Optional.of(AuditCursor.of(shown.get(limit - 1)))
            : Optional.empty());
  }

  /**
   * Records from the one before which a number of others come, with how many there are.
   *
   * @param skip at least 0
   * @throws FederationFault as {@link #page}
   */
  @Audited(action = "read/search", target = "audit-record")
  @Transactional
  public AuditSlice slice(
      AuditQuery query, boolean oldestFirst, long skip, int limit, Caller caller) {
    requireReader(query, caller);
    requireLimit(limit);
    return run(
        connection -> {
          JdbcAuditLists lists = new JdbcAuditLists(connection);
          return new AuditSlice(
              lists.slice(query, oldestFirst, Math.max(0, skip), limit),
              lists.count(query, MOST_COUNTED));
        });
  }

  /**
   * What there are records of, to choose from: projects and clouds that are gone, too.
   *
   * @throws FederationFault FORBIDDEN for who may not read all
   */
  @Audited(action = "read/list", target = "audit-subject")
  @Transactional
  public AuditSubjects subjects(Caller caller) {
    caller.requireFederationAuditor();
    return run(
        connection -> {
          JdbcAuditLists lists = new JdbcAuditLists(connection);
          return new AuditSubjects(
              lists.projects(MOST_SUBJECTS).stream().map(ProjectId::parse).toList(),
              lists.clouds(MOST_SUBJECTS));
        });
  }

  /**
   * One record.
   *
   * @throws FederationFault NOT_FOUND, too for one that the caller may not read
   */
  @Audited(action = "read", target = "audit-record")
  @Transactional
  public AuditEntry require(@AuditedId long position, Caller caller) {
    return run(connection -> new JdbcAuditLists(connection).at(position))
        .filter(entry -> isReader(entry.record(), caller))
        .orElseThrow(() -> FederationFault.notFound("audit-record", Long.toString(position)));
  }

  /**
   * Shows that a record is in the log that the newest seal closes.
   *
   * @throws FederationFault NOT_FOUND as {@link #require}
   */
  @Audited(action = "read/proof", target = "audit-record")
  @Transactional
  public InclusionProof inclusion(@AuditedId long position, Caller caller) {
    AuditEntry entry = require(position, caller);
    return run(
        connection -> {
          Seal seal = JdbcSeals.newest(connection).orElseThrow();
          return new InclusionProof(
              position,
              Hash.ofRecord(entry.text()),
              seal,
              new MerkleTree(new JdbcNodes(connection)).inclusion(position, seal.size()));
        });
  }

  /**
   * Shows that the log of a later seal begins with all of an earlier one's.
   *
   * @throws FederationFault NOT_FOUND when there is no such seal; REQUEST_INVALID when the later is
   *     before the earlier
   */
  @Audited(action = "read/proof", target = "audit-seal")
  @Transactional
  public ConsistencyProof consistency(
      @AuditedId long earlier, @AuditedId long later, Caller caller) {
    if (later < earlier) {
      throw FederationFault.invalid("to", Phrase.of("audit.seals-order", earlier, later));
    }
    return run(
        connection -> {
          Seal first = seal(connection, earlier);
          Seal last = seal(connection, later);
          return new ConsistencyProof(
              first,
              last,
              new MerkleTree(new JdbcNodes(connection)).consistency(first.size(), last.size()));
        });
  }

  private static Seal seal(Connection connection, long number) throws SQLException {
    return JdbcSeals.find(connection, number)
        .orElseThrow(() -> FederationFault.notFound("audit-seal", Long.toString(number)));
  }

  /**
   * Seals, the newest first.
   *
   * @param before number of the last one of the page before; empty for the newest
   * @param limit 1 to {@link #MOST}
   * @throws FederationFault REQUEST_INVALID
   */
  @Audited(action = "read/list", target = "audit-seal")
  @Transactional
  public List<Seal> seals(Optional<Long> before, int limit, Caller caller) {
    requireLimit(limit);
    return run(connection -> JdbcSeals.before(connection, before, limit));
  }

  /** The keys, the newest first, which signs now. */
  @Audited(action = "read/list", target = "audit-key")
  @Transactional
  public List<AuditKey> keys(Caller caller) {
    return run(JdbcSeals::keys);
  }

  /**
   * Writes the whole log, as far as it is sealed, so that it can be checked by itself.
   *
   * @throws FederationFault FORBIDDEN for who may not read all
   * @throws java.io.UncheckedIOException when the other end is gone
   * @see AuditVerifier
   */
  @Audited(action = "read/export", target = "audit-record")
  @Transactional
  public void export(Writer out, Caller caller) {
    caller.requireFederationAuditor();
    run(
        connection -> {
          new AuditExport(connection).write(out);
          return null;
        });
  }

  private void requireReader(AuditQuery query, Caller caller) {
    query
        .project()
        .filter(project -> !caller.isFederationAuditor())
        .ifPresentOrElse(
            project -> readers.requireReader(caller, project), caller::requireFederationAuditor);
  }

  private boolean isReader(AuditRecord record, Caller caller) {
    return caller.isFederationAuditor()
        || record.project().filter(project -> readers.isReader(caller, project)).isPresent();
  }

  private static void requireLimit(int limit) {
    if (limit < 1 || limit > MOST) {
      throw FederationFault.invalid("limit", Phrase.of("audit.limit", limit, MOST));
    }
  }
}
