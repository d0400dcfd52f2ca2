package io.isthmus.domain.access;

import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import java.util.Set;

/**
 * Who is asking. Tokens carry identity, organization and federation roles only; what a person may
 * do in a project is read from Isthmus' own assignments at each request.
 *
 * @param subject the identity provider's stable id of the person
 * @param name the name to sign in with, shown to people
 * @param organizations aliases of the Keycloak organizations the person belongs to; a tenant has
 *     the same name
 * @param federationRoles {@code federation_admin} and {@code federation_auditor}, or none; {@code
 *     metrics_reader} of what scrapes the metrics
 */
public record Caller(
    String subject, String name, Set<String> organizations, Set<String> federationRoles) {

  public static final String FEDERATION_ADMIN = "federation_admin";
  public static final String FEDERATION_AUDITOR = "federation_auditor";

  /** Not of a person: what scrapes the metrics by its own token. */
  public static final String METRICS_READER = "metrics_reader";

  public Caller {
    organizations = Set.copyOf(organizations);
    federationRoles = Set.copyOf(federationRoles);
  }

  public boolean isFederationAdmin() {
    return federationRoles.contains(FEDERATION_ADMIN);
  }

  /**
   * @throws FederationFault FORBIDDEN unless the caller administers the federation
   */
  public void requireFederationAdmin() {
    if (!isFederationAdmin()) {
      throw new FederationFault(
          FaultCode.FORBIDDEN, Phrase.of("access.federation-admin-needed", name));
    }
  }

  /** Whether the caller may see what is done in the whole federation. */
  public boolean isFederationAuditor() {
    return isFederationAdmin() || federationRoles.contains(FEDERATION_AUDITOR);
  }

  /**
   * @throws FederationFault FORBIDDEN unless the caller may see what is done in the whole
   *     federation
   */
  public void requireFederationAuditor() {
    if (!isFederationAuditor()) {
      throw new FederationFault(
          FaultCode.FORBIDDEN, Phrase.of("access.federation-auditor-needed", name));
    }
  }

  /**
   * @throws FederationFault FORBIDDEN unless the caller may see how the whole federation does
   */
  public void requireMetricsReader() {
    if (!isFederationAdmin()
        && !federationRoles.contains(FEDERATION_AUDITOR)
        && !federationRoles.contains(METRICS_READER)) {
      throw new FederationFault(
          FaultCode.FORBIDDEN, Phrase.of("access.metrics-reader-needed", name));
    }
  }
}
