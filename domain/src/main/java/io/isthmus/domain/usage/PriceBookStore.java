package io.isthmus.domain.usage;

import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.PriceItem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Price books in PostgreSQL. */
@ApplicationScoped
public class PriceBookStore {

  private static final String SELECT =
      """
      select b.cloud, b.version, b.changed_at, b.changed_by, p.kind, p.name, p.amount, p.currency,
        p.valid_from, p.valid_to
      from price_book b left join price p on p.cloud = b.cloud
        and p.valid_from < ?::timestamptz and (p.valid_to is null or p.valid_to > ?::timestamptz)
      where ?::text is null or b.cloud = ?::text
      order by b.cloud
      """;

  private DataSource database;

  @Inject
  PriceBookStore(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected PriceBookStore() {}

  /**
   * By cloud, only with prices that hold at some time of a period.
   *
   * @param to first moment that does not belong to it
   */
  Map<CloudId, PriceBook> during(Instant from, Instant to) {
    Map<CloudId, PriceBook> books = new LinkedHashMap<>();
    read(Optional.empty(), time(from), time(to)).forEach(book -> books.put(book.cloud(), book));
    return books;
  }

  /** All of them, with all prices. */
  List<PriceBook> all() {
    return read(Optional.empty(), OffsetDateTime.MIN, OffsetDateTime.MAX);
  }

  PriceBook find(CloudId cloud) {
    return read(Optional.of(cloud), OffsetDateTime.MIN, OffsetDateTime.MAX).stream()
        .findFirst()
        .orElseGet(() -> PriceBook.empty(cloud));
  }

  private static OffsetDateTime time(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }

  private List<PriceBook> read(Optional<CloudId> cloud, OffsetDateTime from, OffsetDateTime to) {
    try (Connection connection = database.getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setObject(1, to);
      select.setObject(2, from);
      select.setString(3, cloud.map(CloudId::text).orElse(null));
      select.setString(4, cloud.map(CloudId::text).orElse(null));
      List<PriceBook> books = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        PriceBook book = null;
        List<Price> prices = new ArrayList<>();
        while (row.next()) {
          CloudId id = new CloudId(row.getString("cloud"));
          if (book == null || !book.cloud().equals(id)) {
            if (book != null) {
              books.add(with(book, prices));
            }
            prices = new ArrayList<>();
            book =
                new PriceBook(
                    id,
                    List.of(),
                    row.getLong("version"),
                    Optional.of(row.getObject("changed_at", OffsetDateTime.class).toInstant()),
                    Optional.of(row.getString("changed_by")));
          }
          if (row.getString("kind") != null) {
            prices.add(price(row));
          }
        }
        if (book != null) {
          books.add(with(book, prices));
        }
      }
      return books;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read price books", e);
    }
  }

  private static PriceBook with(PriceBook book, List<Price> prices) {
    return new PriceBook(book.cloud(), prices, book.version(), book.changedAt(), book.changedBy());
  }

  private static Price price(ResultSet row) throws SQLException {
    return new Price(
        new PriceItem(PriceItem.Kind.valueOf(row.getString("kind")), row.getString("name")),
        row.getBigDecimal("amount"),
        row.getString("currency"),
        row.getObject("valid_from", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(row.getObject("valid_to", OffsetDateTime.class))
            .map(OffsetDateTime::toInstant));
  }

  /**
   * @param book in the version that was read, with the prices that shall be
   * @return false when it has been changed since; nothing is written then
   */
  boolean put(PriceBook book, String changedBy) {
    String sql =
        book.version() == 0
            ? "insert into price_book (changed_by, cloud, version, changed_at)"
                + " values (?, ?, nextval('price_book_version'), now()) on conflict do nothing"
            : "update price_book set changed_by = ?, version = nextval('price_book_version'),"
                + " changed_at = now() where cloud = ? and version = ?";
    try (Connection connection = database.getConnection()) {
      try (PreparedStatement head = connection.prepareStatement(sql)) {
        head.setString(1, changedBy);
        head.setString(2, book.cloud().text());
        if (book.version() != 0) {
          head.setLong(3, book.version());
        }
        if (head.executeUpdate() == 0) {
          return false;
        }
      }
      try (PreparedStatement delete =
          connection.prepareStatement("delete from price where cloud = ?")) {
        delete.setString(1, book.cloud().text());
        delete.executeUpdate();
      }
      insert(connection, book);
      return true;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write the price book of " + book.cloud(), e);
    }
  }

  private static void insert(Connection connection, PriceBook book) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into price (cloud, kind, name, amount, currency, valid_from, valid_to)"
                + " values (?, ?, ?, ?, ?, ?, ?)")) {
      for (Price price : book.prices()) {
        insert.setString(1, book.cloud().text());
        insert.setString(2, price.item().kind().name());
        insert.setString(3, price.item().name());
        insert.setBigDecimal(4, price.amount());
        insert.setString(5, price.currency());
        insert.setObject(6, time(price.from()));
        insert.setObject(7, price.to().map(PriceBookStore::time).orElse(null));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
