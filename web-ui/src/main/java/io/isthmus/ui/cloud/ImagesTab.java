package io.isthmus.ui.cloud;

import io.isthmus.domain.cloud.Image;
import io.isthmus.domain.cloud.RegionInventory;
import io.isthmus.ui.element.Copyable;
import io.isthmus.ui.element.Reader;
import java.util.function.Consumer;

/** The images that servers can be made from. */
class ImagesTab extends OffersTab<Image> {

  private static final long serialVersionUID = 1L;

  ImagesTab(String title, String part, Consumer<String> filtered) {
    super(title, RegionInventory::images, Image::name, part, filtered);
    table()
        .text(getTranslation("offer.name"), offer -> offer.what().name())
        .text(getTranslation("image.distro"), offer -> offer.what().osDistro().orElse("–"))
        .text(getTranslation("image.version"), offer -> offer.what().osVersion().orElse("–"))
        .number(
            getTranslation("image.disk"), offer -> Reader.formats().gib(offer.what().minDiskGiB()))
        .number(
            getTranslation("image.ram"), offer -> Reader.formats().mib(offer.what().minRamMiB()))
        .column(getTranslation("offer.id"), offer -> new Copyable(offer.what().id()))
        .text(getTranslation("offer.regions"), OffersTab::regions);
  }
}
