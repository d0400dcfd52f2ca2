package io.isthmus.ui.list;

import io.isthmus.domain.cloud.CloudId;
import java.util.List;

/** One of some clouds to filter by, or any. */
public class CloudFilter extends FilterSelect<CloudId> {

  private static final long serialVersionUID = 1L;

  /**
   * @param name of what is filtered by
   */
  public CloudFilter(String name) {
    super(name, List.of(), CloudId::text);
  }
}
