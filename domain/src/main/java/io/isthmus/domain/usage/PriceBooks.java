package io.isthmus.domain.usage;

import io.isthmus.domain.access.Caller;
import io.isthmus.domain.audit.Audited;
import io.isthmus.domain.audit.AuditedId;
import io.isthmus.domain.cloud.Cloud;
import io.isthmus.domain.cloud.CloudId;
import io.isthmus.domain.cloud.CloudStore;
import io.isthmus.domain.cloud.PriceList;
import io.isthmus.domain.cloud.PriceLists;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.tenant.TenantService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What clouds ask: administrators write it down, who belongs to a project may read it. */
@ApplicationScoped
public class PriceBooks implements PriceLists {

  /** Whoever configured the server. */
  private static final String BY_ENTRY = "isthmus";

  private PriceBookStore store;
  private Supplier<List<Cloud>> members;
  private TenantService tenants;
  private Clock clock;

  /**
   * @param clouds asked for only when needed, as the registry writes prices itself
   */
  @Inject
  PriceBooks(PriceBookStore store, Instance<CloudStore> clouds, TenantService tenants) {
    this(store, () -> clouds.get().clouds(), tenants, Clock.systemUTC());
  }

  PriceBooks(
      PriceBookStore store, Supplier<List<Cloud>> members, TenantService tenants, Clock clock) {
    this.store = store;
    this.members = members;
    this.tenants = tenants;
    this.clock = clock;
  }

  /** For the container's proxies. */
  protected PriceBooks() {}

  @Override
  @Transactional
  public Map<CloudId, PriceList> at(Instant moment) {
    Map<CloudId, PriceList> lists = new HashMap<>();
    store
        .during(moment, moment.plusNanos(1000))
        .forEach((cloud, book) -> book.at(moment).ifPresent(list -> lists.put(cloud, list)));
    return lists;
  }

  @Override
  @Transactional
  public void declare(CloudId cloud, PriceList prices) {
    PriceBook book = store.find(cloud);
    List<Price> declared = book.declaring(prices, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    requireRight(declared);
    if (!book.holds(declared) && !store.put(with(book, declared), BY_ENTRY)) {
      throw stale(cloud);
    }
  }

  /**
   * The book of each member cloud, by id.
   *
   * @throws FederationFault FORBIDDEN for who neither belongs to a project nor administers the
   *     federation
   */
  @Audited(action = "read/list", target = "price-book")
  @Transactional
  public List<PriceBook> list(Caller caller) {
    requireReader(caller);
    Map<CloudId, PriceBook> books =
        store.all().stream().collect(Collectors.toMap(PriceBook::cloud, Function.identity()));
    return members.get().stream()
        .map(cloud -> books.getOrDefault(cloud.id(), PriceBook.empty(cloud.id())))
        .toList();
  }

  /**
   * One cloud's book; of version 0 when none was ever written.
   *
   * @throws FederationFault NOT_FOUND; FORBIDDEN as above
   */
  @Audited(action = "read", target = "price-book")
  @Transactional
  public PriceBook find(@AuditedId CloudId cloud, Caller caller) {
    requireReader(caller);
    requireMember(cloud);
    return store.find(cloud);
  }

  /**
   * Replaces what a cloud asks and has asked. Reports over the past follow.
   *
   * @param version the one that was read
   * @throws FederationFault FORBIDDEN for who does not administer the federation; NOT_FOUND;
   *     REQUEST_INVALID with every violation; STALE_VERSION
   */
  @Audited(action = "update", target = "price-book")
  @Transactional
  public PriceBook set(@AuditedId CloudId cloud, List<Price> prices, long version, Caller caller) {
    caller.requireFederationAdmin();
    requireMember(cloud);
    requireRight(prices);
    PriceBook before = store.find(cloud);
    if (before.version() != version || !store.put(with(before, prices), caller.name())) {
      throw stale(cloud);
    }
    return store.find(cloud);
  }

  private static void requireRight(List<Price> prices) {
    PriceCheck.require(
        IntStream.range(0, prices.size())
            .mapToObj(i -> new PriceCheck.Read(prices.get(i), "prices[" + i + "].", 0))
            .toList());
  }

  private static PriceBook with(PriceBook book, List<Price> prices) {
    return new PriceBook(book.cloud(), prices, book.version(), book.changedAt(), book.changedBy());
  }

  private void requireReader(Caller caller) {
    if (!caller.isFederationAdmin() && tenants.projects(caller).isEmpty()) {
      throw new FederationFault(FaultCode.FORBIDDEN, Phrase.of("usage.prices-forbidden"));
    }
  }

  private void requireMember(CloudId cloud) {
    if (members.get().stream().noneMatch(member -> member.id().equals(cloud))) {
      throw FederationFault.notFound("cloud", cloud.text());
    }
  }

  private static FederationFault stale(CloudId cloud) {
    return new FederationFault(FaultCode.STALE_VERSION, Phrase.of("usage.prices-stale", cloud));
  }
}
