package io.isthmus.openstack.contract;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.AddressGuard;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.Secret;
import io.isthmus.openstack.DriverConfig;
import io.isthmus.openstack.conversation.Clouds;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The cloud that contract tests run against, named by system properties {@code contract.auth-url},
 * {@code contract.username}, {@code contract.project} and, when the catalog has more than one,
 * {@code contract.region}. The password is in the environment variable {@code CONTRACT_PASSWORD}:
 * reports of tests hold system properties.
 */
final class CloudUnderTest {
  static final String AUTH_URL = "contract.auth-url";

  private CloudUnderTest() {}

  /** Conversations that may be with this machine. */
  static Clouds clouds() {
    return new Clouds(
        DriverConfig.defaults(),
        new AddressGuard("evaluation", Optional.empty()),
        Clock.systemUTC());
  }

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
            Secret.of(System.getenv().getOrDefault("CONTRACT_PASSWORD", "")),
            "Default",
            Optional.of(System.getProperty("contract.project", "demo")),
            Optional.empty(),
            "Default"));
  }
}
