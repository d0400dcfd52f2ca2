package io.isthmus.domain.mirror;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.audit.AuditedId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.fault.Violation;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.network.Cidr;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of the mirror. A project sees what the OpenStack projects hold that its own
 * accesses lead into now; administrators of the federation see how old, how many and what is wrong,
 * and not what tenants have. Waits for no cloud.
 */
@ApplicationScoped
public class Mirror {

  /** Most items of one page. */
  public static final int MOST = 500;

  /** To count more would take longer than to find a page. */
  public static final int MOST_COUNTED = 1_000;

  private static final int LONGEST_FILTER = 200;

  private static final String BEGINNING = "[0-9a-fA-F]{0,4}([.:][0-9a-fA-F]{0,4}){0,8}";

  private MirrorPages pages;
  private TenantService tenants;

  @Inject
  Mirror(MirrorPages pages, TenantService tenants) {
    this.pages = pages;
    this.tenants = tenants;
  }

  /** For the container's proxies. */
  protected Mirror() {}

  /**
   * The page behind a cursor. What is new or gone meanwhile shifts nothing.
   *
   * @param cursor {@link MirrorPage#next} of the page before, in the same order; empty for the
   *     first
   * @param limit 1 to {@link #MOST}
   * @throws FederationFault REQUEST_INVALID for a cursor, filter or limit that cannot be; NOT_FOUND
   *     when the project is not one of the caller's; SEARCH_TOO_WIDE when the database takes too
   *     long
   */
  @Audited(action = "read/list", target = "mirror")
  @Transactional
  public MirrorPage page(
      ProjectId project, MirrorQuery query, Optional<String> cursor, int limit, Caller caller) {
    tenants.requireReader(caller, project);
    requireLimit(limit);
    require(query);
    Optional<MirrorCursor> after = cursor.map(text -> MirrorCursor.parse(text, query.order()));
    List<MirrorPages.Visible> lists =
        pages.visible(project, Optional.of(query.kind()), query.cloud(), query.region());
    return pages.page(project, lists, query, after, limit);
  }

  /**
   * How many items fit a query: where items are sought, up to {@link #MOST_COUNTED}, and one more
   * stands for more than that.
   *
   * @throws FederationFault as {@link #page}
   */
  @Transactional
  public long count(ProjectId project, MirrorQuery query, Caller caller) {
    tenants.requireReader(caller, project);
    require(query);
    return pages.count(
        pages.visible(project, Optional.of(query.kind()), query.cloud(), query.region()),
        query,
        MOST_COUNTED);
  }

  /**
   * One item.
   *
   * @throws FederationFault NOT_FOUND, also for what only others have
   */
  @Audited(action = "read", target = "mirror")
  @Transactional
  public MirroredItem find(
      ProjectId project,
      CloudId cloud,
      String region,
      MirrorKind kind,
      @AuditedId String id,
      Caller caller) {
    tenants.requireReader(caller, project);
    if ((region + id).chars().anyMatch(Character::isISOControl)) {
      throw FederationFault.notFound("resource", id);
    }
    return pages
        .visible(project, Optional.of(kind), Optional.of(cloud), Optional.of(region))
        .stream()
        .flatMap(list -> pages.find(project, list, id).stream())
        .findFirst()
        .orElseThrow(() -> FederationFault.notFound("resource", id));
  }

  /**
   * How old what a project sees is, by cloud, region and kind.
   *
   * @throws FederationFault NOT_FOUND
   */
  @Audited(action = "read/ages", target = "mirror")
  @Transactional
  public List<MirrorAge> ages(ProjectId project, Caller caller) {
    tenants.requireReader(caller, project);
    return pages.visible(project, Optional.empty(), Optional.empty(), Optional.empty()).stream()
        .map(MirrorPages.Visible::age)
        .toList();
  }

  /**
   * How old all that is kept is, all accounts of a cloud together.
   *
   * @param cloud empty for all clouds
   * @throws FederationFault FORBIDDEN for who does not administer the federation
   */
  @Audited(action = "read/ages", target = "mirror")
  @Transactional
  public List<MirrorAge> agesOfAll(Optional<CloudId> cloud, Caller caller) {
    caller.requireFederationAdmin();
    return pages.ages(cloud);
  }

  /**
   * What carries our mark in clouds and no stack knows of: what a creation left, or a mark that
   * somebody else has written. Nothing removes it by itself.
   *
   * @param limit 1 to {@link #MOST}
   * @throws FederationFault FORBIDDEN, REQUEST_INVALID
   */
  @Audited(action = "read/strays", target = "mirror")
  @Transactional
  public List<MirroredItem> strays(Optional<CloudId> cloud, int limit, Caller caller) {
    caller.requireFederationAdmin();
    requireLimit(limit);
    return pages.strays(cloud, limit);
  }

  private static void require(MirrorQuery query) {
    requireText("name", query.name());
    requireText("status", query.status());
    requireText("region", query.region());
    requireText("address", query.address());
    query.address().ifPresent(Mirror::requireAddress);
  }

  private static void requireLimit(int limit) {
    if (limit < 1 || limit > MOST) {
      throw invalid("limit", Phrase.of("mirror.limit", limit, MOST), Optional.empty());
    }
  }

  private static void requireText(String field, Optional<String> text) {
    text.filter(given -> given.length() > LONGEST_FILTER)
        .ifPresent(
            given -> {
              throw invalid(
                  field,
                  Phrase.of("mirror.filter-length", field, LONGEST_FILTER),
                  Optional.empty());
            });
    text.filter(given -> given.chars().anyMatch(Character::isISOControl))
        .ifPresent(
            given -> {
              throw invalid(field, Phrase.of("mirror.filter-control", field), Optional.empty());
            });
  }

  private static void requireAddress(String text) {
    if (Cidr.parse(text).isEmpty() && !text.matches(BEGINNING)) {
      throw invalid(
          "address",
          Phrase.of("mirror.address-form", text),
          Optional.of(Phrase.of("mirror.address-remedy")));
    }
  }

  private static FederationFault invalid(String field, Phrase phrase, Optional<Phrase> remedy) {
    return new FederationFault(
        FaultCode.REQUEST_INVALID,
        phrase,
        List.of(
            remedy
                .map(help -> Violation.at(field, phrase, help))
                .orElseGet(() -> Violation.at(field, phrase))));
  }
}
