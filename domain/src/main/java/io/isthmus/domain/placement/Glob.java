package io.isthmus.domain.placement;

import io.isthmus.domain.template.ResourceNode;

/**
 * A name pattern: {@code *} stands for any run of characters, {@code ?} for one; everything else
 * for itself. Case matters, as it does in templates.
 */
public record Glob(String text) {

  /** Whether a resource's path, or its group's, is of this pattern. */
  boolean names(ResourceNode node) {
    return matches(node.path()) || node.group().isPresent() && matches(node.group().get());
  }

  /**
   * Whether the whole name is of this pattern; takes time linear in the product of both lengths.
   */
  public boolean matches(String name) {
    int at = 0;
    int pattern = 0;
    int star = -1;
    int resume = 0;
    while (at < name.length()) {
      if (pattern < text.length() && text.charAt(pattern) == '*') {
        star = pattern++;
        resume = at;
      } else if (pattern < text.length()
          && (text.charAt(pattern) == '?' || text.charAt(pattern) == name.charAt(at))) {
        pattern++;
        at++;
      } else if (star >= 0) {
        pattern = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (pattern < text.length() && text.charAt(pattern) == '*') {
      pattern++;
    }
    return pattern == text.length();
  }
}
