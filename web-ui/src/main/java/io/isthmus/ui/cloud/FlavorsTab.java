package io.isthmus.ui.cloud;

import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.Reader;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The sizes of server that the cloud offers. */
class FlavorsTab extends OffersTab<Flavor> {

  private static final long serialVersionUID = 1L;

  FlavorsTab(String title, String part, Consumer<String> filtered) {
    super(title, RegionInventory::flavors, Flavor::name, part, filtered);
    table()
        .text(getTranslation("offer.name"), offer -> offer.what().name())
        .number(
            getTranslation("flavor.vcpus"), offer -> Reader.formats().number(offer.what().vcpus()))
        .number(getTranslation("flavor.ram"), offer -> Reader.formats().mib(offer.what().ramMiB()))
        .number(
            getTranslation("flavor.disk"),
            offer ->
                offer.what().diskGiB() == 0
                    ? getTranslation("flavor.disk-of-image")
                    : Reader.formats().gib(offer.what().diskGiB()))
        .text(getTranslation("flavor.extra"), offer -> extras(offer.what()))
        .column(getTranslation("offer.id"), offer -> new Copyable(offer.what().id()))
        .text(getTranslation("offer.regions"), OffersTab::regions);
  }

  private static String extras(Flavor flavor) {
    return new TreeMap<>(flavor.extraSpecs())
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(", "));
  }
}
