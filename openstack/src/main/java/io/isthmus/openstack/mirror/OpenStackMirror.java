package io.isthmus.openstack.mirror;

import io.isthmus.domain.cloud.Account;
import io.isthmus.domain.cloud.CloudConnection;
import io.isthmus.domain.fault.FaultCode;
import io.isthmus.domain.fault.FederationFault;
import io.isthmus.domain.language.Phrase;
import io.isthmus.domain.mirror.MirrorDriver;
import io.isthmus.domain.mirror.MirrorItem;
import io.isthmus.domain.mirror.MirrorKind;
import io.isthmus.domain.mirror.MirrorKnown;
import io.isthmus.domain.mirror.MirrorReading;
import io.isthmus.openstack.conversation.Clouds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** Lists by the APIs of Nova, Cinder and Neutron, each in the way in which it tells changes. */
@ApplicationScoped
@Transactional(Transactional.TxType.NEVER)
public class OpenStackMirror implements MirrorDriver {
  private final NeutronFacts facts = new NeutronFacts(System::nanoTime);
  private Clouds clouds;
  private Clock clock;

  /** For the container's proxy. */
  protected OpenStackMirror() {}

  @Inject
  public OpenStackMirror(Clouds clouds) {
    this(clouds, Clock.systemUTC());
  }

  OpenStackMirror(Clouds clouds, Clock clock) {
    this.clouds = clouds;
    this.clock = clock;
  }

  @Override
  public MirrorReading read(
      CloudConnection connection,
      Account account,
      String region,
      MirrorKind kind,
      MirrorKnown known,
      Consumer<List<MirrorItem>> page) {
    Reading reading =
        new Reading(
            clouds.session(connection), region, clouds.config().totalTimeout(), clock, known, page);
    if (!reading.project().equals(account.id())) {
      throw new FederationFault(FaultCode.CONFLICT, Phrase.of("mirror.elsewhere", account.cloud()));
    }
    return switch (kind) {
      case SERVER -> new ServerReader(reading).read();
      case VOLUME -> new VolumeReader(reading).read();
      case NETWORK -> new NetworkReader(reading).read();
      case PORT, FLOATING_IP, SECURITY_GROUP ->
          new NeutronReader(reading, NeutronList.of(kind), facts).read();
    };
  }
}
