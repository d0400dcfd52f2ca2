package io.isthmus.domain.stack.store;

import io.isthmus.domain.stack.Addresses;
import io.isthmus.domain.stack.StackId;
import io.isthmus.domain.stack.StackPart;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

/** Keeps beside parts by what addresses they are reached, so that they are found by them. */
final class PartAddresses {

  private static final String WRITE =
      """
      with now as (select unnest(?::inet[]) as address),
        gone as (delete from part_address
          where stack = ? and resource = ? and cloud = ? and region = ? and generation = ?
            and address not in (select address from now))
      insert into part_address (stack, resource, cloud, region, generation, address)
      select ?, ?, ?, ?, ?, address from now on conflict do nothing
      """;

  private PartAddresses() {}

  /** Writes what is known now of parts that are written in the same transaction. */
  static void write(Connection connection, StackId stack, Collection<StackPart> parts)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      for (StackPart part : parts) {
        Array addresses =
            connection.createArrayOf("text", Addresses.of(part.state().attributes()).toArray());
        Object[] key = {
          stack.value(),
          part.id().resource(),
          part.id().cloud().text(),
          part.id().region(),
          part.key().generation()
        };
        Object[] values = new Object[1 + 2 * key.length];
        values[0] = addresses;
        System.arraycopy(key, 0, values, 1, key.length);
        System.arraycopy(key, 0, values, 1 + key.length, key.length);
        Sql.bind(statement, values);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
