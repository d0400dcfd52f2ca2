package io.isthmus.domain.usage;

import io.isthmus.domain.audit.AuditSubject;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What a currency is worth from a day on, until there is a newer rate.
 *
 * @param currency ISO 4217 code, not EUR
 * @param since first day, in UTC
 * @param perEuro how many of it are worth one euro, as the European Central Bank publishes; above 0
 */
public record ExchangeRate(String currency, LocalDate since, BigDecimal perEuro)
    implements AuditSubject {

  @Override
  public String auditId() {
    return currency + "/" + since;
  }
}
