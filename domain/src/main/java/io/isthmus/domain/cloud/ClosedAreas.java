package io.isthmus.domain.cloud;

import java.util.List;

/** Port: where nothing new is placed at present. Implemented by the capability that drains. */
public interface ClosedAreas {

  List<ClosedArea> closed();
}
