package io.isthmus.ui.cloud;

import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.ui.element.NaturalOrder;
import io.isthmus.ui.element.Reader;
import io.isthmus.ui.list.ListColumn;
import io.isthmus.ui.list.ListState;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The images that servers can be made from. */
class ImagesTab extends OffersTab<Image> {

  private static final long serialVersionUID = 1L;

  ImagesTab(String title, ListState asked, Supplier<String> address) {
    super(title, "image", RegionInventory::images, Image::name, Image::id, asked, address);
  }

  @Override
  Map<String, Comparator<Offer<Image>>> orders() {
    return Map.of(
        "os_distro", Comparator.comparing(offer -> offer.what().osDistro().orElse("")),
        "os_version",
            Comparator.comparing(
                offer -> offer.what().osVersion().orElse(""), NaturalOrder.OF_NAMES),
        "min_disk_gib", Comparator.comparing(offer -> offer.what().minDiskGiB()),
        "min_ram_mib", Comparator.comparing(offer -> offer.what().minRamMiB()));
  }

  @Override
  List<ListColumn<Offer<Image>>> columns() {
    return List.of(
        ListColumn.<Offer<Image>>text(
                "name", getTranslation("offer.name"), offer -> offer.what().name())
            .sorts(),
        ListColumn.<Offer<Image>>text(
                "os_distro",
                getTranslation("image.distro"),
                offer -> offer.what().osDistro().orElse("–"))
            .sorts(),
        ListColumn.<Offer<Image>>text(
                "os_version",
                getTranslation("image.version"),
                offer -> offer.what().osVersion().orElse("–"))
            .sorts(),
        ListColumn.<Offer<Image>>number(
                "min_disk_gib",
                getTranslation("image.disk"),
                offer -> Reader.formats().gib(offer.what().minDiskGiB()),
                offer -> offer.what().minDiskGiB())
            .sorts(),
        ListColumn.<Offer<Image>>number(
                "min_ram_mib",
                getTranslation("image.ram"),
                offer -> Reader.formats().mib(offer.what().minRamMiB()),
                offer -> offer.what().minRamMiB())
            .sorts());
  }
}
