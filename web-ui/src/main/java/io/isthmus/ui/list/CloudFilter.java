package io.isthmus.ui.list;

import io.isthmus.domain.cloud.CloudId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** One of some clouds to filter by, or any. */
public class CloudFilter extends FilterSelect<CloudId> {

  private static final long serialVersionUID = 1L;

  private transient List<CloudId> offered = List.of();

  /**
   * @param name of what is filtered by
   */
  public CloudFilter(String name) {
    super(name, List.of(), CloudId::text);
  }

  /** Offers these in the place of those before; a choice that is among them stays. */
  public void offer(Collection<CloudId> clouds) {
    List<CloudId> sorted = clouds.stream().distinct().sorted().toList();
    if (!sorted.equals(offered)) {
      Optional<CloudId> chosen = getOptionalValue();
      offered = sorted;
      setItems(sorted);
      chosen.filter(sorted::contains).ifPresent(this::setValue);
    }
  }

  /** The one of that name; null for a word that is none, which filters nothing. */
  public CloudId find(String text) {
    return offered.stream().filter(each -> each.text().equals(text)).findFirst().orElse(null);
  }
}
