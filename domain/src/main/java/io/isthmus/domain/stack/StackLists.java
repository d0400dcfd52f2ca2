package io.isthmus.domain.stack;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.stack.StackListStore.Position;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Lists a project's stacks: filtered, in an order, page by page. */
@ApplicationScoped
public class StackLists {

  private static final char BETWEEN = '/';

  private StackListStore store;
  private TenantService tenants;

  @Inject
  public StackLists(StackListStore store, TenantService tenants) {
    this.store = store;
    this.tenants = tenants;
  }

  /** For the container's proxies. */
  protected StackLists() {}

  /**
   * The page behind a cursor. Stacks that are made or change meanwhile shift nothing.
   *
   * @param cursor {@link StackPage#next} of the page before, in the same order; empty for the first
   * @param limit at least 1, at most {@link StackService#MOST}
   * @throws FederationFault REQUEST_INVALID for a cursor or limit that cannot be; NOT_FOUND
   */
  @Audited(action = "read/list", target = "stack")
  @Transactional
  public StackPage page(
      ProjectId project,
      StackFilter filter,
      StackOrder order,
      Optional<String> cursor,
      int limit,
      Caller caller) {
    tenants.requireReader(caller, project);
    StackService.requireLimit(limit);
    List<StackView> found =
        store.page(project, filter, order, cursor.map(text -> position(text, order)), 0, limit + 1);
    List<StackView> shown = found.subList(0, Math.min(limit, found.size()));
    return new StackPage(
        shown,
        found.size() > limit ? Optional.of(cursor(shown.get(limit - 1), order)) : Optional.empty());
  }

  /**
   * Stacks from the one before which a number of others come.
   *
   * @param skip at least 0
   * @param limit at least 1, at most {@link StackService#MOST}
   * @throws FederationFault REQUEST_INVALID, NOT_FOUND
   */
  @Audited(action = "read/list", target = "stack")
  @Transactional
  public StackSlice slice(
      ProjectId project,
      StackFilter filter,
      StackOrder order,
      long skip,
      int limit,
      Caller caller) {
    tenants.requireReader(caller, project);
    StackService.requireLimit(limit);
    return new StackSlice(
        store.page(project, filter, order, Optional.empty(), Math.max(0, skip), limit),
        store.count(project, filter));
  }

  /**
   * How many stacks a project has, by how urgent they are.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Transactional
  public StackTotals totals(ProjectId project, Caller caller) {
    tenants.requireReader(caller, project);
    return store.totals(project);
  }

  /**
   * How many stacks of a project have something that was changed behind our back or has vanished.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Transactional
  public long drifted(ProjectId project, Caller caller) {
    tenants.requireReader(caller, project);
    return store.count(
        project,
        new StackFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(true)));
  }

  /**
   * The stacks that a person wants to see first, among equals the newest.
   *
   * @param limit at least 1, at most {@link StackService#MOST}
   * @throws FederationFault REQUEST_INVALID, NOT_FOUND
   */
  @Transactional
  public List<StackView> mostUrgent(ProjectId project, int limit, Caller caller) {
    tenants.requireReader(caller, project);
    StackService.requireLimit(limit);
    return store.mostUrgent(project, limit);
  }

  /** Names the order too, because it is of no use in another. */
  private static String cursor(StackView last, StackOrder order) {
    String text = order + "/" + last.id() + BETWEEN + order.by().of(last);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Position position(String cursor, StackOrder order) {
    try {
      String[] parts =
          new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8)
              .split(String.valueOf(BETWEEN), 3);
      if (!parts[0].equals(order.toString())) {
        throw new IllegalArgumentException("of another order");
      }
      requireReadable(parts[2], order.by());
      return new Position(parts[2], StackId.parse(parts[1]));
    } catch (RuntimeException e) {
      Phrase phrase = Phrase.of("stack.cursor-invalid");
      throw new FederationFault(
          FaultCode.REQUEST_INVALID, phrase, List.of(Violation.at("cursor", phrase)));
    }
  }

  private static void requireReadable(String key, StackOrder.By by) {
    switch (by) {
      case CREATED_AT, UPDATED_AT -> Instant.parse(key);
      case STATUS -> StackStatus.parse(key);
      case HEALTH -> StackHealth.State.valueOf(key);
      case NAME, CREATED_BY -> {
        if (key.indexOf('\0') >= 0) {
          throw new IllegalArgumentException("not a name");
        }
      }
    }
  }
}
