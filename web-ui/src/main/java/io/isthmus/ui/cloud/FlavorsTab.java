package io.isthmus.ui.cloud;

import io.isthmus.domain.cloud.Flavor;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The sizes of server that the cloud offers. */
class FlavorsTab extends OffersTab<Flavor> {

  private static final long serialVersionUID = 1L;

  FlavorsTab(String title, ListState asked, Supplier<String> address) {
    super(title, "flavor", RegionInventory::flavors, Flavor::name, Flavor::id, asked, address);
  }

  @Override
  Map<String, Comparator<Offer<Flavor>>> orders() {
    return Map.of(
        "vcpus", Comparator.comparing(offer -> offer.what().vcpus()),
        "ram_mib", Comparator.comparing(offer -> offer.what().ramMiB()),
        "disk_gib", Comparator.comparing(offer -> offer.what().diskGiB()),
        "extra_specs", Comparator.comparing(offer -> extras(offer.what())));
  }

  @Override
  List<ListColumn<Offer<Flavor>>> columns() {
    return List.of(
        ListColumn.<Offer<Flavor>>text(
                "name", getTranslation("offer.name"), offer -> offer.what().name())
            .sorts(),
        ListColumn.<Offer<Flavor>>number(
                "vcpus",
                getTranslation("flavor.vcpus"),
                offer -> Reader.formats().number(offer.what().vcpus()),
                offer -> offer.what().vcpus())
            .sorts(),
        ListColumn.<Offer<Flavor>>number(
                "ram_mib",
                getTranslation("flavor.ram"),
                offer -> Reader.formats().mib(offer.what().ramMiB()),
                offer -> offer.what().ramMiB())
            .sorts(),
        ListColumn.<Offer<Flavor>>number(
                "disk_gib",
                getTranslation("flavor.disk"),
                offer ->
                    offer.what().diskGiB() == 0
                        ? getTranslation("flavor.disk-of-image")
                        : Reader.formats().gib(offer.what().diskGiB()),
                offer -> offer.what().diskGiB())
            .sorts(),
        ListColumn.<Offer<Flavor>>text(
                "extra_specs", getTranslation("flavor.extra"), offer -> extras(offer.what()))
            .sorts());
  }

  private static String extras(Flavor flavor) {
    return new TreeMap<>(flavor.extraSpecs())
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(", "));
  }
}
