package io.isthmus.itests.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.isthmus.client.ApiClient;
import io.isthmus.client.ApiException;
import io.isthmus.client.api.CloudsApi;
import io.isthmus.client.api.MoreApi;
import io.isthmus.client.api.PlansApi;
import io.isthmus.client.api.StacksApi;
import io.isthmus.client.model.Cloud;
import io.isthmus.client.model.Plan;
import io.isthmus.client.model.PlanRequest;
import io.isthmus.client.model.Stack;
import io.isthmus.client.model.StackRequest;
import io.isthmus.itests.Await;
import io.isthmus.itests.BesideOthers;
import io.isthmus.itests.Person;
import io.isthmus.itests.RunningSystem;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client that is generated from the API's description gets through a stack's life with it. */
@Tag("container")
@BesideOthers
class GeneratedClientIT {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String TEMPLATE =
      """
      heat_template_version: 2018-08-31
      resources:
        net: {type: OS::Neutron::Net}
      """;

  private final RunningSystem system = new RunningSystem();
  private ApiClient client;

  @BeforeEach
  void signIn() throws Exception {
    system.awaitClouds(new Person(system, "alice"));
    String token = system.token("alice");
    client = new ApiClient();
    client.updateBaseUri(system.api("").toString());
    client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
  }

  @Test
  void readsWhatThereIs() throws Exception {
    assertThat(new MoreApi(client).listSamples()).isNotEmpty();
    assertThat(new CloudsApi(client).listClouds(null, null, null, null, null, null, null, null))
        .extracting(Cloud::getId)
        .contains("gra", "bhs", "syd");
    Cloud gra = new CloudsApi(client).showCloud("gra", null);
    assertThat(gra.getInventory().getRegions()).isNotEmpty();
    assertThat(gra.getHealth().getSeenAt()).isNotNull();
  }

  @Test
  void plansMakesFollowsAndDeletesAStack() throws Exception {
    Plan plan =
        new PlansApi(client)
            .plan(
                new PlanRequest().name("generated").template(TEMPLATE).policy(""),
                UUID.randomUUID().toString());
    assertThat(plan.getExpiresAt()).isAfter(plan.getCreatedAt());
    StacksApi stacks = new StacksApi(client);
    String id =
        stacks
            .createStack(
                new StackRequest().name("generated").plan(plan.getId()),
                UUID.randomUUID().toString())
            .getId();
    await(stacks, id, "CREATE_COMPLETE");
    assertThat(stacks.listStackEvents(id, null, null, null, null, null, null)).isNotEmpty();

    stacks.deleteStack(id, null);
    await(stacks, id, "DELETE_COMPLETE");
  }

  private static void await(StacksApi stacks, String id, String status) throws Exception {
    Stack reached =
        Await.until(
            PATIENCE,
            "the stack is " + status,
            () -> stacks.showStack(id),
            stack -> !stack.getStatus().endsWith("IN_PROGRESS"));
    assertThat(reached.getStatus()).isEqualTo(status);
  }

  @Test
  void isToldWhatIsWrong() {
    ApiException refused =
        catchThrowableOfType(ApiException.class, () -> new StacksApi(client).showStack("none"));
    assertThat(refused.getCode()).isEqualTo(404);
    assertThat(refused.getResponseBody()).contains("not-found");
  }
}
