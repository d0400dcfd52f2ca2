package io.isthmus.ui.stack;

import io.isthmus.domain.placement.Decision;
import io.isthmus.domain.placement.PartId;
import io.isthmus.domain.probe.ProbeResult;
import io.isthmus.domain.stack.PartDetail;
import io.isthmus.domain.stack.PartView;
import java.util.List;
import java.util.Optional;

/** Where more is learnt about one part than a list tells. */
interface PartSource {

  /** All of the stack, by name. */
  List<PartView> all();

  /** All that is known of it now; empty when it is gone meanwhile. */
  Optional<PartDetail> detail(PartId part);

  /** What the accepted plan said of its resource; empty for what is none of the template. */
  Optional<Decision> decision(PartId part);

  /** Its probes and what came of them last; empty when it has none. */
  List<ProbeResult> probes(PartId part);

  /** The panel of a server's console. */
  ConsolePanel console(PartView server);
}
