package io.isthmus.domain.stack.store;

import io.isthmus.domain.json.Json;
import io.isthmus.domain.stack.Addresses;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import jakarta.json.JsonArrayBuilder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/** Keeps beside parts by what addresses they are reached, so that they are found by them. */
final class PartAddresses {

  private static final String WRITE =
      """
      with part as (
          select ?::uuid as stack, known.* from jsonb_to_recordset(?::jsonb) as known
            (resource text, cloud text, region text, generation int, addresses jsonb)),
        now as (
          select stack, resource, cloud, region, generation,
            jsonb_array_elements_text(addresses)::inet as address from part),
        gone as (
          delete from part_address as old using part
          where (old.stack, old.resource, old.cloud, old.region, old.generation)
              = (part.stack, part.resource, part.cloud, part.region, part.generation)
            and not exists (
              select from now
              where (now.stack, now.resource, now.cloud, now.region, now.generation, now.address)
                = (old.stack, old.resource, old.cloud, old.region, old.generation, old.address)))
      insert into part_address (stack, resource, cloud, region, generation, address)
      select stack, resource, cloud, region, generation, address from now on conflict do nothing
      """;

  private PartAddresses() {}

  /** Writes what is known now of parts that are written in the same transaction. */
  static void write(Connection connection, StackId stack, Collection<StackPart> parts)
      throws SQLException {
    JsonArrayBuilder known = Json.createArrayBuilder();
    for (StackPart part : parts) {
      known.add(
          Json.createObjectBuilder()
              .add("resource", part.id().resource())
              .add("cloud", part.id().cloud().text())
              .add("region", part.id().region())
              .add("generation", part.key().generation())
              .add("addresses", Json.createArrayBuilder(Addresses.of(part.state().attributes()))));
    }
    Sql.update(connection, WRITE, stack.value(), known.build().toString());
  }
}
