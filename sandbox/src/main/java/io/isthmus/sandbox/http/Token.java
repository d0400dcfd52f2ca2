package io.isthmus.sandbox.http;

import java.util.List;

/**
 * Who calls, as a validated token says.
 *
 * @param userId the user
 * @param projectId the project it is scoped to, or null when unscoped
 * @param roles names of the roles held in that project
 */
public record Token(String userId, String projectId, List<String> roles) {
  public boolean admin() {
    return roles.contains("admin");
  }
}
