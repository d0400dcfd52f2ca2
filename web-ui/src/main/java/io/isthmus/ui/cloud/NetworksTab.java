package io.isthmus.ui.cloud;

import io.isthmus.domain.cloud.Network;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.ui.element.Copyable;
import java.util.function.Consumer;

/** The networks that are there already. */
class NetworksTab extends OffersTab<Network> {

  private static final long serialVersionUID = 1L;

  NetworksTab(String title, String part, Consumer<String> filtered) {
    super(title, RegionInventory::networks, Network::name, part, filtered);
    table()
        .text(getTranslation("offer.name"), offer -> offer.what().name())
        .text(
            getTranslation("network.kind"),
            offer ->
                getTranslation(offer.what().external() ? "network.external" : "network.internal"))
        .column(getTranslation("offer.id"), offer -> new Copyable(offer.what().id()))
        .text(getTranslation("offer.regions"), OffersTab::regions);
  }
}
