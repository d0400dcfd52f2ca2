package io.isthmus.ui.cloud;

import io.isthmus.domain.cloud.Network;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The networks that are there already. */
class NetworksTab extends OffersTab<Network> {

  private static final long serialVersionUID = 1L;

  NetworksTab(String title, ListState asked, Supplier<String> address) {
    super(title, "network", RegionInventory::networks, Network::name, Network::id, asked, address);
  }

  @Override
  Map<String, Comparator<Offer<Network>>> orders() {
    return Map.of("kind", Comparator.comparing(offer -> !offer.what().external()));
  }

  @Override
  List<ListColumn<Offer<Network>>> columns() {
    return List.of(
        ListColumn.<Offer<Network>>text(
                "name", getTranslation("offer.name"), offer -> offer.what().name())
            .sorts(),
        ListColumn.<Offer<Network>>text(
                "kind", getTranslation("network.kind"), offer -> kind(offer.what()))
            .sorts());
  }

  private String kind(Network network) {
    return getTranslation(network.external() ? "network.external" : "network.internal");
  }
}
