package io.isthmus.domain.library;

import io.isthmus.domain.access.ProjectId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Where saved templates and policies are kept. */
public interface LibraryStore {

  /** The latest version of each item of a kind, by name. */
  List<SavedItem> list(ProjectId project, ItemKind kind);

  /** Every version of an item, the newest first. */
  List<SavedItem> versions(ProjectId project, ItemKind kind, String name);

  /**
   * Adds a version.
   *
   * @return its number; empty when {@code seen} is not the latest
   */
  Optional<Integer> add(SaveItem item, String savedBy);

  /**
   * Removes an item with its versions.
   *
   * @param latest its latest version must be this one; empty for any
   * @return false when there is none such
   */
  boolean remove(ProjectId project, ItemKind kind, String name, OptionalLong latest);

  /**
   * Makes a policy its project's default in the place of another.
   *
   * @param name empty for no default
   * @return false when there is no such policy
   */
  boolean makeDefault(ProjectId project, Optional<String> name);

  /** The project's default policy in its latest version. */
  Optional<SavedItem> defaultPolicy(ProjectId project);
}
