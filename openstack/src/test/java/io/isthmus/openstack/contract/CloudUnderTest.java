package io.isthmus.openstack.contract;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The cloud that contract tests run against, named by system properties {@code contract.auth-url},
 * {@code contract.username}, {@code contract.password}, {@code contract.project} and, when the
 * catalog has more than one, {@code contract.region}.
 */
final class CloudUnderTest {
  static final String AUTH_URL = "contract.auth-url";

  private CloudUnderTest() {}

  static CloudConnection connection() {
    return new CloudConnection(
        new CloudId("contract"),
        ProjectId.parse("acme/demo"),
        URI.create(System.getProperty(AUTH_URL)),
        "public",
        Optional.ofNullable(System.getProperty("contract.region")).map(List::of).orElse(List.of()),
        Optional.empty(),
        new Credential.Password(
            System.getProperty("contract.username", "demo"),
            Secret.of(System.getProperty("contract.password", "")),
            "Default",
            Optional.of(System.getProperty("contract.project", "demo")),
            Optional.empty(),
            "Default"));
  }
}
