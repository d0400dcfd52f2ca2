package io.isthmus.sandbox.neutron;

/**
 * For whom something is done.
 *
 * @param projectId the project
 * @param admin whether it may act for others
 */
public record Caller(String projectId, boolean admin) {
  /** The cloud itself, acting for a project. */
  public static Caller service(String projectId) {
    return new Caller(projectId, true);
  }
}
