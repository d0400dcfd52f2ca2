package io.isthmus.domain.usage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/** Exchange rates in PostgreSQL. */
@ApplicationScoped
public class ExchangeRateStore {

  private DataSource database;

  @Inject
  ExchangeRateStore(DataSource database) {
    this.database = database;
  }

  /** For the container's proxies. */
  protected ExchangeRateStore() {}

  /** By currency, newest first. */
  List<ExchangeRate> all() {
    try (Connection connection = database.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select currency, since, per_euro from exchange_rate"
                    + " order by currency, since desc")) {
      List<ExchangeRate> rates = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rates.add(
              new ExchangeRate(
                  row.getString("currency"),
                  row.getObject("since", LocalDate.class),
                  row.getBigDecimal("per_euro")));
        }
      }
      return rates;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read exchange rates", e);
    }
  }

  /** Adds rates; one of the same currency and day is replaced. */
  void put(Collection<ExchangeRate> rates) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into exchange_rate (currency, since, per_euro) values (?, ?, ?)"
                    + " on conflict (currency, since) do update set per_euro = excluded.per_euro")) {
      for (ExchangeRate rate : rates) {
        insert.setString(1, rate.currency());
        insert.setObject(2, rate.since());
        insert.setBigDecimal(3, rate.perEuro());
        insert.addBatch();
      }
      insert.executeBatch();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot write exchange rates", e);
    }
  }

  /**
   * @return false when there was none
   */
  boolean remove(String currency, LocalDate since) {
    try (Connection connection = database.getConnection();
        PreparedStatement delete =
            connection.prepareStatement(
                "delete from exchange_rate where currency = ? and since = ?")) {
      delete.setString(1, currency);
      delete.setObject(2, since);
      return delete.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot remove an exchange rate", e);
    }
  }
}
