package io.isthmus.openstack.scripted;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.json.Json;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.stack.DesiredPart;
import io.isthmus.domain.stack.Mark;
import io.isthmus.domain.stack.StackId;
import java.io.StringReader;
import java.util.Optional;
import java.util.UUID;

/** Parts of one stack in the scripted cloud. */
public final class Parts {
  public static final StackId STACK =
      new StackId(UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001"));

  private Parts() {}

  /**
   * @param properties JSON with single quotes for double ones
   */
  public static DesiredPart of(String resource, String type, String properties) {
    return new DesiredPart(
        new PartId(resource, new CloudId("gra"), ScriptedCloud.REGION),
        type,
        new Mark(STACK, resource, 1),
        "shop-" + resource.replace('/', '-'),
        Optional.empty(),
        Optional.empty(),
        Json.createReader(new StringReader(properties.replace('\'', '"'))).readObject());
  }

  public static DesiredPart recorded(DesiredPart part, String physicalId) {
    return new DesiredPart(
        part.id(),
        part.type(),
        part.mark(),
        part.physicalName(),
        Optional.of(physicalId),
        part.availabilityZone(),
        part.properties());
  }
}
