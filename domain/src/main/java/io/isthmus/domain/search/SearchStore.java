package io.isthmus.domain.search;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.network.Cidr;
import java.util.Collection;
import java.util.List;

/**
 * Port: looks things up in some projects. What is deleted is not found, except a stack by its id.
 * Each answer has the best fits first.
 */
public interface SearchStore {

  /** Stacks with this in their name, in any case. */
  List<Hit> stacks(Collection<ProjectId> projects, String part, int limit);

  /** Resources with this in their path, in any case. */
  List<Hit> resources(Collection<ProjectId> projects, String part, int limit);

  /** Resources with an address that begins so. */
  List<Hit> addresses(Collection<ProjectId> projects, String beginning, int limit);

  /** Resources with an address in a prefix. */
  List<Hit> addresses(Collection<ProjectId> projects, Cidr prefix, int limit);

  /** Stacks and resources whose id, ours or a cloud's, begins so. */
  List<Hit> ids(Collection<ProjectId> projects, String beginning, int limit);

  /** Plans with this in their name that have not become a stack, the newest first. */
  List<Hit> plans(Collection<ProjectId> projects, String part, int limit);

  /** Saved templates with this in their name, in any case. */
  List<Hit> templates(Collection<ProjectId> projects, String part, int limit);

  /** Saved policies with this in their name, in any case. */
  List<Hit> policies(Collection<ProjectId> projects, String part, int limit);

  /** What the projects have in clouds whose name has this, or whose id or address begins so. */
  List<Hit> inClouds(Collection<ProjectId> projects, SearchText asked, int limit);

  /** Member clouds with this in their id or name, in any case. */
  List<Hit> clouds(String part, int limit);
}
