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
    return new Hit(
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

    assertThat(HitAddress.of(hit(Optional.empty())).href()).isEqualTo("/stacks/" + STACK);
    HitAddress resource = HitAddress.of(hit(Optional.of(part)));
    assertThat(resource.query().getSingleParameter("resource")).contains(part.toString());
    assertThat(resource.href())
        .startsWith("/stacks/" + STACK + "/resources?resource=")
        .doesNotContain(" ", "&");
  }
}
