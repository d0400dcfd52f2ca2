package io.isthmus.ui.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.domain.access.ProjectId;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.search.Hit;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackStatus;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is found leads to the page that shows it. */
class HitAddressTest {

  private static final StackId STACK = new StackId(new UUID(1, 2));

  private static Hit hit(Optional<PartId> part) {
    return new Hit.OfStack(
        Hit.Kind.ID,
        "x",
        ProjectId.parse("acme/demo"),
        STACK,
        "shop",
        part,
        Optional.of("OS::Nova::Server"),
        StackStatus.CREATED);
  }

  @Test
  void leadsToTheStackOrToTheResourceInIt() {
    PartId part = new PartId("front/web 1&2", new CloudId("gra"), "GRA-1");

    assertThat(HitAddress.of(hit(Optional.empty()), false).href()).isEqualTo("/stacks/" + STACK);
    HitAddress resource = HitAddress.of(hit(Optional.of(part)), false);
    assertThat(resource.query().getSingleParameter("resource")).contains(part.toString());
    assertThat(resource.href())
        .startsWith("/stacks/" + STACK + "/resources?resource=")
        .doesNotContain(" ", "&");
  }

  private static String named(Hit.Kind kind, String id, boolean administers) {
    return HitAddress.of(
            new Hit.Named(
                kind, "x", Optional.of(ProjectId.parse("acme/demo")), id, Optional.empty()),
            administers)
        .href();
  }

  @Test
  void leadsToThePageOfWhatHasOne() {
    assertThat(named(Hit.Kind.PLAN, "0d5f", false)).isEqualTo("/plans/0d5f");
    assertThat(named(Hit.Kind.TEMPLATE, "my shop", false))
        .isEqualTo("/templates/my%20shop?project=acme%2Fdemo");
    assertThat(named(Hit.Kind.POLICY, "eu", false)).isEqualTo("/policies/eu?project=acme%2Fdemo");
    assertThat(named(Hit.Kind.CLOUD, "gra", true)).isEqualTo("/clouds/gra");
    assertThat(named(Hit.Kind.CLOUD, "gra", false)).isEqualTo("/stacks?cloud=gra");
  }

  @Test
  void leadsOnToTheListOfAllWhereThereIsOne() {
    assertThat(HitAddress.ofAll(Hit.Kind.STACK, "a&b", false).orElseThrow().href())
        .isEqualTo("/stacks?q=a%26b");
    assertThat(HitAddress.ofAll(Hit.Kind.CLOUD, "gra", true).orElseThrow().href())
        .isEqualTo("/clouds?q=gra");
    assertThat(HitAddress.ofAll(Hit.Kind.CLOUD, "gra", false)).isEmpty();
    assertThat(HitAddress.ofAll(Hit.Kind.RESOURCE, "web", true)).isEmpty();
  }
}
