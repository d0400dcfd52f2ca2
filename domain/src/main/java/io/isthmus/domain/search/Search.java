package io.isthmus.domain.search;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.tenant.ProjectRoles;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;

/**
 * One search over stacks, resources, addresses, ids, plans, saved templates and policies in the
 * caller's projects, over what these have in clouds, and over the clouds.
 */
@ApplicationScoped
public class Search {

  /** Most hits of each kind. */
  public static final int MOST = 50;

  private SearchStore store;
  private TenantService tenants;

  @Inject
  public Search(SearchStore store, TenantService tenants) {
    this.store = store;
    this.tenants = tenants;
  }

  /** For the container's proxies. */
  protected Search() {}

  /**
   * What fits, kind by kind.
   *
   * @param text 2 to 200 characters: part of a name, the beginning of an address, a prefix such as
   *     {@code 10.4.0.0/16}, or the first 4 or more characters of an id
   * @param limit most of each kind, 1 to {@link #MOST}
   * @throws FederationFault REQUEST_INVALID; SEARCH_TOO_WIDE when the database takes too long for
   *     anything but what is in clouds, which is left out then
   */
  @Audited(action = "read/search", target = "federation")
  @Transactional
  public List<Hit> find(String text, int limit, Caller caller) {
    if (limit < 1 || limit > MOST) {
      Phrase phrase = Phrase.of("search.limit", limit, MOST);
      throw FederationFault.invalid("limit", phrase);
    }
    SearchText asked = new SearchText(text);
    List<ProjectId> projects =
        tenants.projects(caller).stream().map(ProjectRoles::project).toList();
    List<Hit> hits = new ArrayList<>();
    if (!projects.isEmpty()) {
      addThoseOf(projects, asked, limit, hits);
    }
    if (!projects.isEmpty() || caller.isFederationAdmin()) {
      hits.addAll(store.clouds(asked.text(), limit));
    }
    return hits;
  }

  private void addThoseOf(List<ProjectId> projects, SearchText asked, int limit, List<Hit> hits) {
    hits.addAll(store.stacks(projects, asked.text(), limit));
    hits.addAll(store.resources(projects, asked.text(), limit));
    asked
        .prefix()
        .ifPresentOrElse(
            prefix -> hits.addAll(store.addresses(projects, prefix, limit)),
            () ->
                asked
                    .beginningOfAddress()
                    .ifPresent(
                        beginning -> hits.addAll(store.addresses(projects, beginning, limit))));
    if (asked.canBeId()) {
      hits.addAll(store.ids(projects, asked.text(), limit));
    }
    hits.addAll(store.plans(projects, asked.text(), limit));
    hits.addAll(store.templates(projects, asked.text(), limit));
    hits.addAll(store.policies(projects, asked.text(), limit));
    hits.addAll(inClouds(projects, asked, limit));
  }

  /** Of far more than all the rest, so that the rest is told though this takes too long. */
  private List<Hit> inClouds(List<ProjectId> projects, SearchText asked, int limit) {
    try {
      return store.inClouds(projects, asked, limit);
    } catch (FederationFault fault) {
      if (fault.code() == FaultCode.SEARCH_TOO_WIDE) {
        return List.of();
      }
      throw fault;
    }
  }
}
