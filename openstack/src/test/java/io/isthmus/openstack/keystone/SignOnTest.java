package io.isthmus.openstack.keystone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.cloud.Credential;
import io.isthmus.domain.cloud.Secret;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.openstack.http.Deadline;
import io.isthmus.openstack.scripted.Reply;
import io.isthmus.openstack.scripted.ScriptedCloud;
import io.isthmus.openstack.scripted.SelfSigned;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignOnTest {
  private static final Credential APPLICATION =
      new Credential.ApplicationCredential("app-1", Secret.of("app secret"));
  @TempDir static Path folder;
  private static SelfSigned authority;

  @BeforeAll
  static void makeAuthority() throws Exception {
    authority = SelfSigned.in(folder, "cloud");
  }

  private static String projectId(CloudConnection connection) {
    return ScriptedCloud.clouds(ScriptedCloud.config())
        .session(connection)
        .projectId(Deadline.in(Duration.ofMinutes(1)));
  }

  private static FederationFault fault(CloudConnection connection) {
    return catchThrowableOfType(FederationFault.class, () -> projectId(connection));
  }

  private static JsonObject asked(ScriptedCloud cloud) {
    return cloud.requests("POST", "/v3/auth/tokens").get(0).json().getJsonObject("auth");
  }

  @Test
  void anApplicationCredentialBringsItsOwnProject() {
    try (ScriptedCloud cloud = new ScriptedCloud()) {
      assertThat(projectId(cloud.connection(APPLICATION, Optional.empty())))
          .isEqualTo(ScriptedCloud.PROJECT);
      JsonObject identity = asked(cloud).getJsonObject("identity");
      assertThat(identity.getJsonArray("methods").getString(0)).isEqualTo("application_credential");
      assertThat(identity.getJsonObject("application_credential"))
          .hasToString("{\"id\":\"app-1\",\"secret\":\"app secret\"}");
      assertThat(asked(cloud)).as("Keystone refuses a scope with it").doesNotContainKey("scope");
    }
  }

  @Test
  void aPasswordIsScopedToItsProject() {
    try (ScriptedCloud cloud = new ScriptedCloud()) {
      projectId(cloud.connection());
      assertThat(asked(cloud).getJsonObject("scope"))
          .hasToString("{\"project\":{\"name\":\"demo\",\"domain\":{\"name\":\"Default\"}}}");
    }
  }

  @Test
  void aRejectedCredentialIsToldWithoutItsSecret() {
    try (ScriptedCloud cloud = new ScriptedCloud()) {
      cloud.on(
          "POST",
          "/v3/auth/tokens",
          Reply.json(401, "{'error': {'code': 401, 'message': 'Could not find credential'}}"));
      FederationFault fault = fault(cloud.connection(APPLICATION, Optional.empty()));
      assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_CREDENTIAL_REJECTED);
      assertThat(fault.getMessage())
          .contains("gra", "Could not find credential")
          .doesNotContain("app secret");
    }
  }

  @Test
  void aCloudWithAnAuthorityOfItsOwnIsTrustedWhenThatIsGiven() {
    try (ScriptedCloud cloud = new ScriptedCloud(authority.context())) {
      assertThat(projectId(cloud.connection(APPLICATION, Optional.of(authority.pem()))))
          .isEqualTo(ScriptedCloud.PROJECT);
    }
  }

  @Test
  void aCloudOfAnUnknownAuthorityIsToldNothing() {
    try (ScriptedCloud cloud = new ScriptedCloud(authority.context())) {
      FederationFault fault = fault(cloud.connection(APPLICATION, Optional.empty()));
      assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_UNAVAILABLE);
      assertThat(fault.getMessage()).contains("gra", "TLS");
      assertThat(cloud.requests()).isEmpty();
    }
  }

  @Test
  void aCloudOfAnotherAuthorityThanTheOneGivenIsToldNothing() throws Exception {
    try (ScriptedCloud cloud = new ScriptedCloud(authority.context())) {
      String other = SelfSigned.in(folder, "other").pem();
      FederationFault fault = fault(cloud.connection(APPLICATION, Optional.of(other)));
      assertThat(fault.getMessage()).contains("gra", "TLS");
      assertThat(cloud.requests()).isEmpty();
    }
  }

  @Test
  void anAuthorityThatIsNoCertificateIsTold() {
    try (ScriptedCloud cloud = new ScriptedCloud(authority.context())) {
      FederationFault fault = fault(cloud.connection(APPLICATION, Optional.of("not a PEM")));
      assertThat(fault.code()).isEqualTo(FaultCode.CLOUD_UNAVAILABLE);
      assertThat(fault.getMessage()).contains("gra", "authority's certificates cannot be read");
    }
  }
}
